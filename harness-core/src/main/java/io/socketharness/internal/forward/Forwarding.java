package io.socketharness.internal.forward;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.Beside;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.internal.script.engine.MessageMarks;
import io.socketharness.internal.script.engine.ScriptConnection;
import io.socketharness.internal.script.engine.TlsTransport;
import io.socketharness.internal.script.framing.WebSocketFraming;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.script.Framing;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One client and one real server: passes data both ways until both have ended, or one resets. The thread of the script
 * passes the data of the client, and another thread the data of the real server, so that neither waits for the other.
 * Data is recorded before it passes on.
 */
final class Forwarding {

    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final ForwardStep step;
    private final ScriptConnection client;
    private final Conversation conversation;
    private final ExchangeRecorder recorder;
    private final MessageMarks marks;
    private final @Nullable UpgradeWatch watch;

    /** Both sides begin TLS: the real server has agreed. */
    private volatile boolean upgrading;
    /** TLS with the real server is established. */
    private volatile boolean upgraded;
    /** The real server sends nothing more, or cannot. */
    private volatile boolean realEnded;
    /** The real server takes no more data: the connection of the client is reset after what it has sent. */
    private volatile boolean refuses;
    /** Nothing more is passed to the client, because it is gone. */
    private volatile boolean clientGone;
    /** This side has closed the connection to the real server. */
    private volatile boolean closed;

    Forwarding(ForwardStep step, ScriptConnection connection) {
        this.step = step;
        this.client = connection;
        this.conversation = connection.conversation();
        this.recorder = ExchangeRecorder.of(connection.exchange());
        this.marks = new MessageMarks(connection.exchange());
        this.watch = step.upgrade() == null ? null : step.upgrade().watch();
    }

    void run() {
        RealConnection real = connect(address());
        try {
            Beside.start(step, client, beside -> toClient(real, beside), this::realHasEnded);
            toServer(real);
            awaitRealEnd();
        } finally {
            closed = true;
            if (clientGone || recorder.has(Event.Kind.RESET_BY_CLIENT) || recorder.has(Event.Kind.TLS_FAILED)) {
                real.reset();
            } else {
                real.close();
            }
        }
    }

    private RealServerAddress address() {
        try {
            RealServerAddress address = step.address(client);
            if (address.isThatOf(client.variables())) {
                throw new ExpectationFailed("the address of the real server, " + address
                        + ", is the address of this fake server; it would connect to itself again and again");
            }
            return address;
        } catch (ExpectationFailed malformed) {
            endClient();
            throw malformed;
        }
    }

    private RealConnection connect(RealServerAddress address) {
        try {
            RealConnection real = RealConnection.open(address, client.exchange(), conversation.timeout());
            note("connected to " + address + real.description());
            return real;
        } catch (IOException unreachable) {
            requireRunning();
            String problem =
                    address + " cannot be reached: " + RealConnection.reason(unreachable, conversation.timeout());
            note(problem);
            ExpectationFailed failed = unreachable(problem);
            endClient();
            throw failed;
        }
    }

    private ExpectationFailed unreachable(String problem) {
        String reason = "the real server " + problem;
        recorder.recorder().unreachable(reason);
        return new ExpectationFailed(reason);
    }

    /** Runs on the thread of the script. */
    private void toServer(RealConnection real) {
        Connection waiting = client.within(FOREVER);
        FrameFinder frames = frames(framing());
        UpgradeWatch watched = watch;
        while (!waiting.atEnd()) {
            if (upgrading) {
                upgrading = false;
                watched = null;
                client.startTls();
                recorder.await(() -> upgraded || realEnded || conversation.isOver(), Long.MAX_VALUE);
                if (!upgraded) {
                    // what the client has encrypted must not pass in clear
                    return;
                }
                continue;
            }
            long from = conversation.taken();
            byte[] data = waiting.receiveAvailable();
            if (frames != null) {
                find(
                        frames,
                        "client",
                        data,
                        (at, frame, message) -> marks.received(from + at, from + at + frame.length, message));
            }
            if (watched != null) {
                watched.fromClient(data);
            }
            if (!write(real, data)) {
                return;
            }
        }
        if (!recorder.has(Event.Kind.RESET_BY_CLIENT) && !conversation.isOver()) {
            shutdownOutput(real);
        }
    }

    private boolean write(RealConnection real, byte[] data) {
        try {
            real.server().write(data);
            return true;
        } catch (IOException gone) {
            notTaken(real, gone);
            return false;
        }
    }

    private void shutdownOutput(RealConnection real) {
        try {
            real.server().shutdownOutput(recorder.client().isTruncated());
        } catch (IOException gone) {
            notTaken(real, gone);
        }
    }

    /** The real server does not take data any more. What it has sent before passes first. */
    private void notTaken(RealConnection real, IOException gone) {
        requireRunning();
        if (!client.isDatagrams()) {
            refuses = true;
            // a Unix socket can take no more data and still send
            untilRealEnd(
                    real.address().transport().isUnix()
                            ? Long.MAX_VALUE
                            : System.nanoTime() + conversation.timeout().toNanos());
        }
        if (conversation.isOver()) {
            // unread data of the client is no failure
            endClient();
        } else {
            realGone(real, gone);
        }
    }

    /** An interrupt closes the channel, after the server was closed. */
    private void requireRunning() {
        if (conversation.isStopped()) {
            throw new ServerClosed();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while data was forwarded");
        }
    }

    /** After the end of the client: the real server can still send. */
    private void awaitRealEnd() {
        untilRealEnd(Long.MAX_VALUE);
        requireRunning();
    }

    private void untilRealEnd(long deadline) {
        conversation.waitElsewhere(() -> recorder.await(() -> realEnded || conversation.isOver(), deadline));
    }

    /** Runs on its own thread. */
    private void toClient(RealConnection real, ScriptConnection to) {
        try {
            pass(real, to);
        } catch (ClientGone gone) {
            clientGone = true;
            throw gone;
        } catch (IOException gone) {
            if (!closed) {
                realGone(real, gone);
            }
        }
    }

    private void realHasEnded() {
        realEnded = true;
        recorder.changed();
    }

    private void pass(RealConnection real, ScriptConnection to) throws IOException {
        UpgradeWatch watched = watch;
        FrameFinder frames = frames(WebSocketFraming.ofServer(framing()));
        for (byte[] data = real.server().read();
                data != null;
                data = real.server().read()) {
            int agreed = watched == null ? -1 : watched.fromServer(data);
            if (agreed >= 0) {
                watched = null;
                upgrading = true;
                send(to, data, null);
                upgrade(real, data.length - agreed);
            } else {
                send(to, data, frames);
            }
        }
        if (!refuses) {
            boolean truncated = real.server().isTruncated();
            note("closed its side of the connection" + (truncated ? TlsTransport.TRUNCATED : ""));
            if (truncated && client.exchange().handshake().isPresent()) {
                to.tls().truncate();
            } else {
                to.halfClose();
            }
        }
    }

    private void upgrade(RealConnection real, int more) throws IOException {
        if (more > 0) {
            throw new ExpectationFailed(
                    "the real server sent " + more + " bytes in clear after its answer to starttls");
        }
        try {
            real.startTls(client.exchange());
        } catch (IOException failed) {
            if (recorder.inputEnded()) {
                throw withoutTls();
            }
            throw new ExpectationFailed("TLS with the real server " + real.address() + " failed: "
                    + RealConnection.reason(failed, conversation.timeout()));
        }
        note("began TLS" + real.description());
        upgraded = true;
        recorder.changed();
        // what the real server encrypts from now on must not pass in clear
        recorder.await(
                () -> recorder.has(Event.Kind.TLS_ESTABLISHED) || recorder.inputEnded() || conversation.isOver(),
                Long.MAX_VALUE);
        if (!recorder.has(Event.Kind.TLS_ESTABLISHED)) {
            throw withoutTls();
        }
    }

    private static OutputClosed withoutTls() {
        return new OutputClosed("the client has ended instead of beginning TLS", null);
    }

    private void send(ScriptConnection to, byte[] data, @Nullable FrameFinder frames) {
        to.pass(data, ahead -> {
            if (frames != null) {
                find(frames, "real server", data, (at, frame, message) -> marks.sending(ahead + at, frame, message));
            }
        });
    }

    private void find(FrameFinder frames, String from, byte[] data, FrameFinder.Found found) {
        try {
            frames.pass(data, found);
        } catch (RuntimeException noFrame) {
            note("the data of the " + from + " does not fit the framing, and its messages are not marked any more: "
                    + noFrame.getMessage());
        }
    }

    private @Nullable Framing framing() {
        return client.isDatagrams() ? null : client.framing().orElse(null);
    }

    private @Nullable FrameFinder frames(@Nullable Framing framing) {
        return framing == null ? null : new FrameFinder(framing, client);
    }

    /** The real server has reset the connection, or does not take data any more. */
    private void realGone(RealConnection real, IOException gone) {
        if (client.isDatagrams()) {
            String problem =
                    real.address() + " cannot be reached: " + RealConnection.reason(gone, conversation.timeout());
            throw unreachable(problem);
        }
        note("ended the connection: " + RealConnection.reasonOfEnd(gone, conversation.timeout()));
        endClient();
    }

    /** Ends the connection of the client as a real server does that is gone. */
    private void endClient() {
        try {
            if (client.isDatagrams()) {
                return;
            }
            if (conversation.canReset()) {
                client.reset();
            } else {
                client.closeNow();
            }
        } catch (ClientGone | OutputClosed ended) {
            // it has ended already
        }
    }

    private void note(String what) {
        recorder.event(Event.Kind.REAL_SERVER, Event.Kind.REAL_SERVER + ": " + what);
    }
}
