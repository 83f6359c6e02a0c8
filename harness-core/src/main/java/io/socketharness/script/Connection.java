package io.socketharness.script;

import io.socketharness.recording.Exchange;
import io.socketharness.tls.TlsAlert;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with one client, as a behaviour sees it; for datagrams, with one source address.
 *
 * <p>TCP has no messages: how much a receive takes is always said (a line, a number of bytes, a delimiter, a
 * {@link Framing}, all until the client closes). How the client's bytes were split into writes makes no difference. On
 * datagrams every receive takes one datagram.
 *
 * <p>One thread receives: the one that runs the behaviour, or that got the connection from {@code accept()}. Any thread
 * may send. A receive waits as long as the server lives, on a connection from {@code accept()} as long as the server's
 * timeout; {@link #within(Duration)} sets another limit. A line or message may have up to 1 MiB unless the server's
 * {@code messageLimit} says otherwise.
 *
 * <p>Besides what is said of each method, all of them throw {@link ServerClosed} once the server is closed.
 */
public final class Connection {

    private final Conversation conversation;
    private final Run run;
    private final @Nullable Duration limit;

    Connection(Conversation conversation, Run run, @Nullable Duration limit) {
        this.conversation = conversation;
        this.run = run;
        this.limit = limit;
    }

    /** This connection for a script that is run on it: its settings end with it. */
    Connection nested() {
        return new Connection(conversation, run.nested(!conversation.isServedBy(Thread.currentThread())), limit);
    }

    /**
     * This connection with a limit on each receive and send. When it passes they throw {@link DeadlineExceeded}; the
     * connection stays usable, and what had come of the message is still unread.
     *
     * @param newLimit how long each receive or send may take
     * @return another view of the same connection
     */
    public Connection within(Duration newLimit) {
        return new Connection(conversation, run, Durations.requireNotNegative("the limit", newLimit));
    }

    /**
     * Receives a line, ended by CRLF or LF; on datagrams, a datagram.
     *
     * @return the line without its end
     * @throws EndOfInput if the client ends before the line does
     * @throws DeadlineExceeded if it does not come within the limit
     */
    public String receiveLine() {
        return new String(message("a line", input()::line), charset());
    }

    /**
     * Receives a number of bytes; on datagrams, that many of the next datagram, the rest of which is lost, as
     * recvfrom(2) loses it.
     *
     * @param count how many
     * @return that many bytes; of a shorter datagram, all
     * @throws EndOfInput if the client ends before they have come
     * @throws DeadlineExceeded if they do not come within the limit
     */
    public byte[] receive(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot receive " + count + " bytes; 0 or more are allowed");
        }
        return message(count + " bytes", () -> input().exactly(count));
    }

    /**
     * Receives up to a delimiter; a stream only.
     *
     * @param delimiter at least one byte
     * @return what stands before it; the delimiter is taken too
     * @throws EndOfInput if the client ends before it comes
     * @throws DeadlineExceeded if it does not come within the limit
     */
    public byte[] receiveUntil(byte... delimiter) {
        DelimiterFraming framing = new DelimiterFraming(delimiter);
        return message("a message ended by " + framing.delimiter(), () -> input().until(delimiter.clone()));
    }

    /**
     * Receives a message in {@code framing}; a stream only.
     *
     * @param framing what bounds it
     * @return the message without its frame
     * @throws EndOfInput if the client ends before it is complete
     * @throws DeadlineExceeded if it does not come within the limit
     */
    public byte[] receive(Framing framing) {
        return message("a message (" + framing + ")", () -> framing.receive(this));
    }

    /**
     * Receives all until the client closes its side; a stream only.
     *
     * @return what came, perhaps nothing
     * @throws EndOfInput if the client resets the connection instead
     * @throws DeadlineExceeded if it does not close within the limit
     */
    public byte[] receiveToEnd() {
        return message("the end of input", input()::toEnd);
    }

    /**
     * Receives a datagram; datagrams only.
     *
     * @return all of it
     * @throws DeadlineExceeded if none comes within the limit
     */
    public byte[] receiveDatagram() {
        return message("a datagram", () -> input().datagram(Integer.MAX_VALUE));
    }

    /**
     * Receives whatever comes next, at least one byte: for relays, echoes and the like, which do not care where messages
     * end. On datagrams, a datagram.
     *
     * @return all that is there
     * @throws EndOfInput if the client has ended and nothing is unread
     * @throws DeadlineExceeded if nothing comes within the limit
     */
    public byte[] receiveSome() {
        return message("input", input()::some);
    }

    /** Receives a message as the current framing bounds it: without one a line, on datagrams a datagram. */
    byte[] receiveMessage() {
        Framing framing = settings().framing();
        return framing == null || input().isDatagrams() ? message("a message", input()::line) : receive(framing);
    }

    /**
     * Waits until something comes or the client ends.
     *
     * @return true if the client has ended (FIN or RST) and nothing is unread; always false on datagrams
     * @throws DeadlineExceeded if neither happens within the limit
     */
    public boolean atEnd() {
        return message("input or its end", input()::atEnd);
    }

    /**
     * Sends bytes; on datagrams, as one datagram. Waits while the client does not read.
     *
     * @param bytes what to send, as it is
     * @throws ClientGone if the client has closed or reset the connection and the system refuses the bytes; in a
     *     behaviour, as long as something that it sent before is unread, the recording notes that instead
     * @throws OutputClosed if the server has closed, half-closed or reset the connection
     * @throws DeadlineExceeded if the client does not read within the limit, or another send has not ended by then
     * @throws java.io.UncheckedIOException if the system refuses a datagram, which is longer than the transport allows
     */
    public void send(byte[] bytes) {
        conversation.send(bytes, limit(), settings().drip(), run.isOutside());
    }

    /**
     * Sends text in the connection's charset (UTF-8 unless the script says otherwise); on datagrams, as one datagram.
     *
     * @param text what to send, as it is
     * @throws ClientGone if the client has closed or reset the connection and the system refuses the bytes
     * @throws DeadlineExceeded if the client does not read within the limit
     */
    public void send(String text) {
        send(text.getBytes(charset()));
    }

    /**
     * Sends a line ended by CRLF, or as the script's {@code eol} says; on datagrams, a datagram without any end.
     *
     * @param line text without line breaks
     * @throws ClientGone if the client has closed or reset the connection and the system refuses the bytes
     * @throws DeadlineExceeded if the client does not read within the limit
     */
    public void sendLine(String line) {
        send(input().isDatagrams() ? line : line + settings().eol().characters());
    }

    /** Sends a message in the current framing: without one, and on datagrams, as it is. */
    void sendMessage(byte[] message) {
        Framing framing = settings().framing();
        send(framing == null || input().isDatagrams() ? message : framing.frame(message));
    }

    /**
     * Sends to every open connection of the server, this one included. Each takes the bytes when the send before has
     * ended; a client that has gone is passed over.
     *
     * @param bytes what to send, as it is
     */
    public void broadcast(byte[] bytes) {
        conversation.broadcast(bytes);
    }

    /**
     * Waits, and takes in what the client sends meanwhile: it is recorded, and the next receive finds it.
     *
     * @param duration how long
     */
    public void pause(Duration duration) {
        conversation.wire().pause(Input.deadline(Durations.requireNotNegative("the pause", duration)));
    }

    /**
     * Ends the server's side: the client reads what was sent, then the end (FIN), and may still send. A stream only. Where
     * a test thread does it while a script serves the connection, nothing is outstanding any more.
     */
    public void closeOutput() {
        conversation.closeOutput(run.isOutside());
    }

    /**
     * Closes the connection: the client reads what was sent, then the end (FIN). What it still sends is taken in for
     * 200 ms at most, so that the system does not answer it with a RST, which could overtake what was sent. On datagrams
     * the conversation ends; what comes from this source later is recorded and answered by nobody. Where a test thread does
     * it while a script serves the connection, the script ends like at its own {@code @close}: no step is outstanding.
     */
    public void close() {
        conversation.close(run.isOutside());
    }

    /**
     * Resets the connection: the client gets a RST ("Connection reset by peer"), and may lose what was sent before. Where a
     * test thread does it while a script serves the connection, the script ends like at its own {@code @reset}: no step is
     * outstanding.
     *
     * @throws UnsupportedOperationException on datagrams and Unix sockets, which have no RST
     */
    public void reset() {
        conversation.reset(run.isOutside());
    }

    /**
     * Establishes TLS on a connection in clear, as STARTTLS does, and waits for it: the client's hello must be the next
     * thing that it sends. From here on what is sent and received goes through TLS. A stream only; over {@code tls} it is
     * established already.
     *
     * @throws ClientGone if the handshake fails, or the client sends something in clear; the message says why
     * @throws DeadlineExceeded if the client does not begin it within the limit
     */
    public void startTls() {
        conversation.startTls(false, limit());
    }

    /**
     * Goes on from a port of its own, as servers of TFTP do (RFC 1350, section 4): what is sent comes from a new port of the
     * server's host, and what comes to it is received, as is what this client still sends to the server's. Over UDP only.
     *
     * @throws UnsupportedOperationException on any other transport
     */
    public void moveToNewPort() {
        conversation.wire().moveToNewPort();
    }

    /**
     * The client's address.
     *
     * @return nothing where the client has none
     */
    public Optional<SocketAddress> peer() {
        return exchange().peer();
    }

    /**
     * The place of this connection among those of its server.
     *
     * @return 0 for the first
     */
    public int index() {
        return exchange().index();
    }

    /**
     * What is kept for this conversation: groups and messages that a script has captured, {@code host}, {@code port},
     * {@code client.port} and the like, which text refers to as <code>${name}</code>, and whatever a behaviour of one's
     * own puts there.
     *
     * @return a map that any thread may change
     */
    public Map<String, Object> variables() {
        return conversation.variables();
    }

    /**
     * One of the {@linkplain #variables() variables}, as text that refers to it shows it.
     *
     * @param name such as {@code host}, or a group or message that the script has captured
     * @return its text
     * @throws IllegalArgumentException if there is none of that name; the message names those there are
     */
    public String variable(String name) {
        Object value = variables().get(name);
        if (value == null) {
            throw new IllegalArgumentException("unknown variable " + name + "; known here are "
                    + String.join(", ", new TreeSet<>(variables().keySet())));
        }
        return value.toString();
    }

    /**
     * What was seen on this connection so far.
     *
     * @return its part of the server's recording
     */
    public Exchange exchange() {
        return conversation.exchange();
    }

    void startTls(boolean tolerant) {
        conversation.startTls(tolerant, limit());
    }

    void awaitTlsHello() {
        input().waitFor(() -> {
            conversation.wire().tls().awaitHello(input().position(), Input.deadline(limit()));
            return true;
        });
        conversation.requireHello();
    }

    void sendTlsAlert(TlsAlert alert) {
        input().waitFor(() -> {
            conversation.wire().tls().alert(input().position(), alert, Input.deadline(limit()));
            return true;
        });
        conversation.requireHello();
    }

    void sendTlsFlight(int bytes) {
        input().waitFor(() -> {
            conversation.wire().tls().flight(input().position(), bytes, Input.deadline(limit()));
            return true;
        });
        conversation.requireHello();
    }

    <T> T message(String what, Supplier<T> read) {
        if (!conversation.isHeld() || input().isReceiving()) {
            return input().message(what, limit(), read);
        }
        try {
            return input().message(what, limit(), read);
        } catch (EndOfInput end) {
            throw conversation.reportedBy(new EndOfInput(end, conversation.explain(String.valueOf(end.getMessage()))));
        } catch (DeadlineExceeded late) {
            throw conversation.reportedBy(
                    new DeadlineExceeded(late, conversation.explain(String.valueOf(late.getMessage()))));
        }
    }

    boolean attempt(String what, BooleanSupplier accept) {
        return input().attempt(what, limit(), accept);
    }

    int checkMessageSize(long size) {
        if (size > input().limit()) {
            throw new ExpectationFailed("the client announced a message of " + size + " bytes; up to " + input().limit()
                    + " are allowed, which messageLimit can set");
        }
        return (int) size;
    }

    Settings settings() {
        return run.settings();
    }

    void settings(Settings settings) {
        run.settings(settings);
    }

    Charset charset() {
        return settings().charset();
    }

    Input input() {
        return conversation.input();
    }

    Conversation conversation() {
        return conversation;
    }

    Progress progress() {
        return run.progress();
    }

    private @Nullable Duration limit() {
        return limit != null ? limit : settings().within();
    }

    /** The client and the server, such as {@code connection 0 from 127.0.0.1:50312}. */
    @Override
    public String toString() {
        return "connection " + index() + peer().map(p -> " from " + p).orElse("");
    }
}
