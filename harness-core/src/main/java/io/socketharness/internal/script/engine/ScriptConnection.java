package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.internal.script.engine.TransportChannel.OtherPort;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.ConnectionTls;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.Eol;
import io.socketharness.script.Framing;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection for one run of a script, or for a test thread. */
public final class ScriptConnection implements Connection {

    private final Conversation conversation;
    private final Run run;
    private final @Nullable Duration limit;
    /** Null if sends leave from the conversation's own port. */
    private final @Nullable OtherPort from;

    ScriptConnection(Conversation conversation, Run run, @Nullable Duration limit) {
        this(conversation, run, limit, null);
    }

    private ScriptConnection(Conversation conversation, Run run, @Nullable Duration limit, @Nullable OtherPort from) {
        this.conversation = conversation;
        this.run = run;
        this.limit = limit;
        this.from = from;
    }

    /** The server's connection behind the one that a behaviour or framing was given. */
    public static ScriptConnection of(Connection connection) {
        if (connection instanceof ScriptConnection real) {
            return real;
        }
        throw new IllegalArgumentException(connection.getClass().getName()
                + " is not a connection of a server; run behaviours only on the connections that a server passes to"
                + " them");
    }

    /** This connection for a nested script, whose settings end with it. */
    public ScriptConnection nested() {
        boolean apart = !conversation.isServedBy(Thread.currentThread());
        return new ScriptConnection(conversation, run.nested(apart), limit, from);
    }

    @Override
    public Connection within(Duration newLimit) {
        return new ScriptConnection(conversation, run, Durations.requireNotNegative("the limit", newLimit), from);
    }

    @Override
    public String receiveLine() {
        return new String(receiveLineBytes(), charset());
    }

    @Override
    public byte[] receiveLineBytes() {
        return message("a line", () -> {
            input().pending().applies(settings().framing(), true);
            return conversation.reader().line();
        });
    }

    @Override
    public byte[] receive(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot receive " + count + " bytes; 0 or more are allowed");
        }
        return message(count + " bytes", () -> conversation.reader().exactly(count));
    }

    @Override
    public byte[] receiveUntil(byte... delimiter) {
        if (delimiter.length == 0) {
            throw new IllegalArgumentException("the delimiter is empty; at least one byte is needed");
        }
        return message(
                "a message ended by " + Bytes.of(delimiter),
                () -> conversation.reader().until(delimiter.clone()));
    }

    @Override
    public byte[] receive(Framing framing) {
        return message("a message (" + framing + ")", () -> {
            long from = input().position();
            input().pending().applies(framing, false);
            byte[] message = framing.receive(this);
            new MessageMarks(exchange()).received(from, input().position(), message);
            input().pending().endOfLine(Eol.NONE); // the framing may have read lines
            return message;
        });
    }

    @Override
    public byte[] receiveToEnd() {
        return message("the end of input", conversation.reader()::toEnd);
    }

    @Override
    public byte[] receiveDatagram() {
        return message("a datagram", () -> conversation.reader().datagram(Integer.MAX_VALUE));
    }

    @Override
    public byte[] receiveAvailable() {
        return message("input", conversation.reader()::some);
    }

    @Override
    public byte[] receiveMessage() {
        Framing framing = settings().framing();
        return framing == null || input().isDatagrams()
                ? message("a message", conversation.reader()::line)
                : receive(framing);
    }

    @Override
    public boolean atEnd() {
        return message("input or its end", input()::atEnd);
    }

    @Override
    public void send(byte[] bytes) {
        send(ahead -> bytes);
    }

    @Override
    public void send(String text) {
        send(ahead -> text.getBytes(charset()));
    }

    @Override
    public void sendLine(String line) {
        send(ahead -> (input().isDatagrams() ? line : line + eol().characters()).getBytes(charset()));
    }

    private void send(Outgoing message) {
        conversation.output().send(message, limit(), run, from);
    }

    @Override
    public void sendMessage(byte[] message) {
        send(new FramedMessage(message, () -> isDatagrams() ? null : settings().framing(), exchange()));
    }

    @Override
    public void batch(Runnable sends) {
        if (input().isDatagrams()) {
            throw new UnsupportedOperationException("a batch needs a stream: each message is a separate datagram");
        }
        conversation.output().batch(sends, limit(), run);
    }

    @Override
    public void broadcast(byte[] bytes) {
        Output.broadcast(bytes, conversation);
    }

    @Override
    public void broadcastMessage(byte[] message) {
        conversation.output().announce(run, settings());
        Output.broadcastMessage(message, conversation);
    }

    /**
     * Sends bytes as they are.
     *
     * @param sending runs before they are sent, with the number of bytes that are sent ahead of them
     */
    public void pass(byte[] bytes, IntConsumer sending) {
        send(ahead -> {
            sending.accept(ahead);
            return bytes;
        });
    }

    /** This connection for steps that run beside the script until they are over. */
    ScriptConnection beside(BooleanSupplier isOver) {
        return new ScriptConnection(conversation, run.beside(isOver), null);
    }

    @Override
    public void pause(Duration duration) {
        conversation.transport().pause(Input.deadline(Durations.requireNotNegative("the pause", duration)));
    }

    @Override
    public void halfClose() {
        conversation.halfClose(run.isOutside());
    }

    @Override
    public void close() {
        conversation.close(run.isOutside());
    }

    @Override
    public void closeNow() {
        conversation.closeNow(run.isOutside());
    }

    @Override
    public void reset() {
        conversation.reset(run.isOutside());
    }

    @Override
    public void network(NetworkCondition... conditions) {
        List<NetworkCondition> all = List.of(conditions);
        conversation.server().check(all);
        conversation.transport().network(all);
    }

    @Override
    public void startTls() {
        new ScriptTls(this, limit()).start(false);
    }

    @Override
    public void moveToNewPort() {
        conversation.transport().moveToNewPort();
    }

    @Override
    public void fromOtherPort(Behaviour sends) throws Exception {
        try (OtherPort other = conversation.transport().openOtherPort()) {
            sends.run(new ScriptConnection(conversation, run, limit, other));
        }
    }

    @Override
    public Optional<SocketAddress> client() {
        return exchange().client();
    }

    @Override
    public int index() {
        return exchange().index();
    }

    @Override
    public Map<String, Object> variables() {
        return conversation.variables();
    }

    @Override
    public String variable(String name) {
        return conversation.variable(name);
    }

    @Override
    public Exchange exchange() {
        return conversation.exchange();
    }

    @Override
    public ConnectionTls tls() {
        return new ScriptTls(this, limit());
    }

    @Override
    public <T> T receive(String what, Supplier<T> parts) {
        return message(what, parts);
    }

    @Override
    public boolean discardAvailable() {
        requireMayReceive();
        input().skipArrived();
        return input().isAtEnd();
    }

    @Override
    public void stall() {
        input().ignoreUntilEnd();
    }

    @Override
    public boolean isDatagrams() {
        return input().isDatagrams();
    }

    @Override
    public Charset charset() {
        return settings().charset();
    }

    @Override
    public Eol eol() {
        return settings().eol();
    }

    @Override
    public Optional<Framing> framing() {
        return Optional.ofNullable(settings().framing());
    }

    @Override
    public void useFraming(Framing framing) {
        settings(settings().withFraming(framing));
    }

    @Override
    public int messageLimit() {
        return input().limit();
    }

    /** Otherwise the test would take input from the script, and neither would notice. */
    private void requireMayReceive() {
        if (run.isOutside() && !run.serves() && conversation.isScripted()) {
            throw new IllegalStateException("connection " + index()
                    + " is served by a script, and only the script receives on it; to receive in the test, start the"
                    + " server without a script and call accept(); to see what arrived, read the recording");
        }
    }

    <T> T message(String what, Supplier<T> read) {
        requireMayReceive();
        conversation.output().announce(run, settings());
        if (!conversation.isHeld() || input().isReceiving()) {
            return input().message(what, receiveLimit(), read);
        }
        try {
            return input().message(what, receiveLimit(), read);
        } catch (EndOfInput end) {
            throw conversation.reportedBy(new EndOfInput(explain(end), end.partial(), end.isReset()));
        } catch (DeadlineExceeded late) {
            throw conversation.reportedBy(new DeadlineExceeded(explain(late)));
        }
    }

    private Supplier<String> explain(RuntimeException incomplete) {
        return conversation.explain(String.valueOf(incomplete.getMessage()));
    }

    boolean attempt(String what, BooleanSupplier accept) {
        requireMayReceive();
        conversation.output().announce(run, settings());
        return input().attempt(what, receiveLimit(), accept);
    }

    /** Whether it runs the script that serves the connection. */
    boolean serves() {
        return run.serves() && !run.isOutside();
    }

    Settings settings() {
        return run.settings();
    }

    void settings(Settings settings) {
        boolean sameNetwork = settings.network() == run.settings().network();
        run.settings(settings);
        if (!sameNetwork) {
            conversation.transport().network(run, settings.network());
        }
    }

    Input input() {
        return conversation.input();
    }

    public Conversation conversation() {
        return conversation;
    }

    Progress progress() {
        return run.progress();
    }

    private PendingReceive.@Nullable Limit receiveLimit() {
        Duration within = limit();
        return within == null ? null : new PendingReceive.Limit(within, limit == null);
    }

    private @Nullable Duration limit() {
        return limit != null ? limit : settings().within();
    }

    @Override
    public String toString() {
        return "connection " + index() + client().map(p -> " from " + p).orElse("");
    }
}
