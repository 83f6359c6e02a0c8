package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.Progress.Unread;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.ExpectationFailed;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.Script;
import io.socketharness.script.ServerClosed;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection being served: runs the script on it, knows how far it is, and judges it. For those who run a server; tests
 * meet the {@link Connection}.
 */
public final class Conversation {

    private static final int MOST_UNHEARD = 100;

    private enum Phase {
        /** No script serves it yet. */
        WAITING,
        /** A test thread got it from {@code accept()}. */
        HELD,
        RUNNING,
        /** The script came to its end, or the client left when nothing more was expected of it. */
        COMPLETED,
        /** Code of the user's own let the client's end through, and nothing more was owed. */
        LEFT,
        /** The server was closed. */
        STOPPED,
        /** A step of the script, or the test, closed or reset the connection. */
        CLOSED,
        FAILED
    }

    private final TransportChannel transport;
    private final ExchangeRecorder recorder;
    private final Duration timeout;
    private final Supplier<List<Conversation>> openConversations;
    private final Map<String, Object> variables = new ConcurrentHashMap<>();
    private final Input input;
    private final Progress progress = new Progress();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile Phase phase = Phase.WAITING;
    private volatile boolean closed;
    /** A test thread has closed, half-closed or reset the connection: no step is outstanding any more. */
    private volatile boolean endedByTest;

    private volatile boolean stopped;
    private volatile boolean unmetAtEnd;
    private volatile boolean beginsWithTls;
    private volatile boolean ownScript;
    /** Whether the script has sent something, or tried to. */
    private volatile boolean scriptSends;
    /** How many sends in a row the client did not get, with nothing received between them. */
    private int unheard;

    private long unheardAt = -1;
    private volatile long failedAt;
    private volatile @Nullable Failure failure;
    private volatile @Nullable Runner runner;
    private volatile @Nullable Thread thread;

    /**
     * A conversation that waits for its script.
     *
     * @param transport what lies below
     * @param recorder the writing side of its exchange
     * @param timeout the limit of each receive and send of a test thread, see {@link #held()}
     * @param variables what text can refer to
     * @param openConversations all open conversations of the server, for broadcasts
     */
    public Conversation(
            TransportChannel transport,
            ExchangeRecorder recorder,
            Duration timeout,
            Map<String, String> variables,
            Supplier<List<Conversation>> openConversations) {
        this.transport = transport;
        this.recorder = recorder;
        this.timeout = timeout;
        this.openConversations = openConversations;
        this.variables.putAll(variables);
        this.input = new Input(transport, recorder);
    }

    /**
     * Limits what one receive takes.
     *
     * @param bytes of a line or message
     */
    public void messageLimit(int bytes) {
        input.limit(bytes);
    }

    /**
     * The connection for a test thread, which receives and sends with the server's timeout as its limit. Nothing is owed
     * on it any more.
     *
     * @return a view of the connection
     */
    public Connection held() {
        recorder.hold();
        phase = Phase.HELD;
        return new ScriptConnection(this, Run.outside(), timeout);
    }

    /**
     * The connection for test threads that send on it, or end it, while something else serves it; the server's timeout is
     * their limit.
     *
     * @return a view of the connection
     */
    public Connection shared() {
        return new ScriptConnection(this, Run.outside(), timeout);
    }

    /**
     * Tells whether neither a script nor a test thread has got it.
     *
     * @return true for one that waits, or was given up
     */
    public boolean isUnclaimed() {
        return phase == Phase.WAITING || phase == Phase.FAILED;
    }

    /**
     * Says that a script is going to serve this conversation, before {@link #serve} does.
     *
     * @param own whether the script serves this conversation alone
     */
    public void claim(boolean own) {
        ownScript = own;
        recorder.hold();
        phase = Phase.RUNNING;
    }

    /** Forgets that a test thread has ended the connection: a script that comes later does not end by that. */
    public void forgetEnd() {
        endedByTest = false;
    }

    /**
     * Runs a script on the calling thread until it ends, fails or the server is closed.
     *
     * @param script what to do
     */
    public void serve(Script script) {
        begin(script);
        finish();
    }

    /**
     * Takes a script to be run by {@link #advance} and {@link #finish}, which never do so at the same time.
     *
     * @param script what to do
     */
    public void begin(Script script) {
        beginsWithTls = ScriptRequirements.beginsWithTls(script);
        runner = new Runner(new ScriptConnection(this, Run.serving(progress), null), script);
    }

    /**
     * Tells whether a script was taken and has not ended.
     *
     * @return whether there is something to run
     */
    public boolean isBegun() {
        return runner != null && phase == Phase.RUNNING;
    }

    /**
     * Runs the script as far as that takes neither time nor a wait: on datagrams, until the next one is to be received.
     *
     * @return whether it comes now to what needs a thread of its own, which is to {@link #finish} it
     */
    public boolean advance() {
        return run(false) == Needs.THREAD;
    }

    /** Runs the rest of the script on the calling thread until it ends, fails or the server is closed. */
    public void finish() {
        thread = Thread.currentThread();
        try {
            Needs unused = run(true);
        } finally {
            thread = null;
        }
    }

    private Needs run(boolean mayWait) {
        Runner script = runner;
        if (script == null || phase != Phase.RUNNING) {
            return Needs.NOTHING;
        }
        try {
            if (mayWait && !beginsWithTls) {
                input.waitFor(() -> {
                    transport.awaitTls();
                    return true;
                });
            }
            Needs needs = mayWait ? script.finish() : script.advance();
            if (needs == Needs.NOTHING) {
                end(closed ? Phase.CLOSED : Phase.COMPLETED);
            }
            return needs;
        } catch (Throwable thrown) {
            if (endedByTest && isEnd(thrown)) {
                end(Phase.CLOSED);
            } else {
                ended(thrown);
            }
        }
        return Needs.NOTHING;
    }

    /** Whether something was thrown because a side of the connection has ended. */
    private static boolean isEnd(Throwable thrown) {
        return thrown instanceof EndOfInput || thrown instanceof ClientGone || thrown instanceof OutputClosed;
    }

    private void ended(Throwable thrown) {
        progress.returnTo(thrown);
        if (thrown instanceof ServerClosed) {
            end(Phase.STOPPED);
        } else if (thrown instanceof EndOfInput end) {
            if (end.partial() == 0 && runsOwnCode()) {
                leave();
            } else {
                unmetAtEnd = true;
                fail(end.getMessage(), null);
            }
        } else if (thrown instanceof ClientGone gone) {
            clientGone(gone);
        } else if (thrown instanceof ExpectationFailed failed) {
            fail(Failure.at(progress, Mismatch.reason(failed), null));
        } else if (thrown instanceof DeadlineExceeded) {
            fail(thrown.getMessage(), runsOwnCode() ? thrown : null);
        } else if (stopped) {
            end(Phase.STOPPED);
        } else if (isRefusal(thrown) && !runsOwnCode()) {
            fail(String.valueOf(thrown.getMessage()), null);
        } else {
            fail("it threw " + thrown, thrown);
        }
    }

    /** Whether the transport or the system cannot do what a step asks for. */
    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof UnsupportedOperationException || thrown instanceof UncheckedIOException;
    }

    private void clientGone(ClientGone gone) {
        if (closed) {
            end(Phase.CLOSED);
        } else if (runsOwnCode()) {
            leave();
        } else if (progress.expectsLater() || isWithoutTls() && progress.isOutstanding(input)) {
            unmetAtEnd = true;
            fail(gone.getMessage(), gone);
        } else {
            boolean ignoresInput = progress.unread() == Unread.DROPPED;
            progress.backTo(null);
            end(ignoresInput ? Phase.CLOSED : Phase.COMPLETED);
        }
    }

    /** Whether a script goes on behind a send that its client does not get: what the client sent before is still to be read. */
    boolean goesOnWithoutClient(Progress of) {
        boolean isTaken = input.hasUnread() && of.unread() == Unread.TAKEN;
        if (phase == Phase.HELD) {
            // a test thread runs it, and no verification decides about its last replies
            return isTaken || !of.expectsLater();
        }
        return of == progress && !endedByTest && !isWithoutTls() && isTaken;
    }

    /**
     * Ends a script before its next step: a test thread has ended the connection, or the server was closed and a block would
     * run again. Any other step notices the end of the server where it waits.
     */
    void requireGoingOn(Progress of, Behaviour next) {
        if (stopped && next instanceof LoopStep) {
            throw new ServerClosed();
        }
        if (of == progress && closed && endedByTest) {
            throw new OutputClosed("the test has ended the connection", null);
        }
    }

    /** Whether a thread runs the script that serves the connection. */
    boolean isServedBy(Thread candidate) {
        return thread == candidate;
    }

    private boolean isOutstanding() {
        return !endedByTest && progress.isOutstanding(input);
    }

    /** Whether nothing could be sent, as TLS comes first and is not there. */
    private boolean isWithoutTls() {
        return recorder.has(Event.Kind.TLS_FAILED) || transport.lackOfTls().isPresent();
    }

    private boolean runsOwnCode() {
        return Progress.obligation(progress.step()) == Obligation.OWN;
    }

    /** Wakes those who wait for this conversation, to look where it is. */
    void changed() {
        recorder.changed();
    }

    /** The user's own code let the client's end through: that ends the conversation, as it should unless more is owed. */
    private void leave() {
        if (progress.isOutstanding(input)) {
            unmetAtEnd = true;
            fail(
                    recorder.detail(Event.Kind.TLS_FAILED).orElse("the client closed the connection during this step"),
                    null);
        } else {
            end(Phase.LEFT);
        }
    }

    private void end(Phase end) {
        phase = end;
        if (end == Phase.STOPPED) {
            changed();
        } else {
            recorder.event(Event.Kind.COMPLETED, "");
        }
    }

    private void fail(@Nullable String reason, @Nullable Throwable cause) {
        fail(Failure.at(progress, Reason.of(reason == null ? "it failed" : reason), cause));
    }

    private void fail(Failure what) {
        fail(what, System.nanoTime());
    }

    private void fail(Failure what, long at) {
        failedAt = at;
        failure = what;
        phase = Phase.FAILED;
        recorder.event(Event.Kind.FAILED, what.inOneLine());
    }

    /**
     * Looks whether the client has sent something after the script's end, which is a failure.
     *
     * @return whether the conversation has failed
     */
    public synchronized boolean failIfUnexpected() {
        if (phase == Phase.COMPLETED && input.hasUnread()) {
            fail(Failure.unexpected(unreadText()), recorder.arrivalOf(input.position()));
        }
        return phase == Phase.FAILED;
    }

    /** What has come and nobody has received, cut if it is long. */
    String unreadText() {
        byte[] unread = recorder.received(bytePosition(), bytePosition() + recorder.unread())
                .orElse(new byte[0]);
        Bytes all = Bytes.of(unread);
        return all.size() > 200 ? all.slice(0, 200) + "… (" + all.size() + " bytes)" : all.toString();
    }

    private long bytePosition() {
        return input.isDatagrams() ? recorder.datagramEnd((int) input.position() - 1) : input.position();
    }

    /**
     * What is wrong with a connection that no script is left for.
     *
     * @param before how the connection before it ran a script and ended; may be empty
     * @return the report
     */
    public AssertionError unserved(String before) {
        return report(Failure.unserved(before));
    }

    /**
     * Fails it, as no script was left for it.
     *
     * @param before how the connection before it ran a script and ended; may be empty
     */
    public void failUnserved(String before) {
        fail(Failure.unserved(before));
    }

    /**
     * When it failed.
     *
     * @return as {@link System#nanoTime()} tells time, for a conversation that {@linkplain #hasFailed() has failed}
     */
    public long failedAt() {
        return failedAt;
    }

    /**
     * Tells whether the script has ended before its last step, as the server was closed.
     *
     * @return whether what it still owes can never be done
     */
    public boolean isOver() {
        return phase == Phase.STOPPED;
    }

    /**
     * Tells whether the conversation has failed.
     *
     * @return whether there is something to report
     */
    public boolean hasFailed() {
        return phase == Phase.FAILED;
    }

    /**
     * Tells whether judging it now gives the last word on what it has seen: nothing is owed, or it cannot be met any
     * more.
     *
     * @return false while something is still to be waited for
     */
    public boolean isSettled() {
        if (phase != Phase.RUNNING) {
            return true;
        }
        return switch (Progress.obligation(progress.step())) {
            case SENDS, NONE -> progress.step() != null && !isOutstanding() && !hasUndecidedInput();
            case EXPECTS, TAKES, OWN -> input.isIdle() && !input.isInMessage() && !isOutstanding();
        };
    }

    /** Whether something is outstanding: a step that takes what comes owes nothing while it is only busy. */
    private boolean isUnmet() {
        if (phase == Phase.RUNNING && Progress.obligation(progress.step()) == Obligation.TAKES) {
            return isOutstanding() || input.isIdle() && input.isInMessage();
        }
        return !isSettled();
    }

    /** Whether input has come of which it is not known yet whether a step takes it. */
    private boolean hasUndecidedInput() {
        return input.hasUnread() && progress.unread() != Unread.DROPPED;
    }

    /**
     * Tells whether the client opened the connection and left it without a byte, while the script expected something. A
     * script for this connection alone is used up once the server has sent something on it, or tried to: then it was none.
     *
     * @return whether it was a probe
     */
    public boolean isProbe() {
        return (unmetAtEnd || phase == Phase.WAITING)
                && !input.isDatagrams()
                && !recorder.has(Event.Kind.TLS_FAILED)
                && !recorder.has(Event.Kind.TLS_ESTABLISHED)
                && recorder.arrived() == 0
                && recorder.inputEnded()
                && !(ownScript && scriptSends);
    }

    /**
     * Judges the conversation as it stands.
     *
     * @param when when it was not done what is owed, in words such as {@code within 5 s}
     * @return what is wrong with it, if anything
     */
    public Optional<AssertionError> verifier(String when) {
        failIfUnexpected();
        Failure known = failure;
        if (known != null) {
            return Optional.of(
                    known.report(exchange(), recorder.recorder().recording().title()));
        }
        if (phase == Phase.STOPPED && isOutstanding()) {
            return Optional.of(report(Failure.at(progress, "the server was closed during this step")));
        }
        if (!isSettled() && !isOutstanding() && input.hasUnread() && progress.unread() == Unread.UNEXPECTED) {
            return Optional.of(report(Failure.unexpected(unreadText())));
        }
        if (isUnmet()) {
            return Optional.of(report(transport
                    .lackOfTls()
                    .map(reason -> Failure.at(progress, reason + " " + when))
                    .orElseGet(() -> Failure.unmet(progress, when, input, thread))));
        }
        return Optional.empty();
    }

    /**
     * Tells where it stands, for a test that has failed though nothing is wrong here.
     *
     * @return what the client can still wait for, if that is of interest, and the dialogue
     */
    public String standing() {
        String words = phase == Phase.WAITING
                ? "no script serves it: what the client sends is recorded and not answered"
                : phase == Phase.COMPLETED && !recorder.inputEnded()
                        ? "its script is done, and nothing more is sent"
                                + (input.isDatagrams() ? "" : "; the connection stays open after the last step")
                        : "";
        return words.isEmpty()
                ? exchange().toString()
                : Failure.of(words).text(exchange(), "", exchange().dialogue("dialogue"));
    }

    /** What a test thread is told: which connection it is, and what was seen on it until now. Made when it is read. */
    Supplier<String> explain(String reason) {
        Duration now = recorder.elapsed();
        return () -> Failure.of(reason)
                .text(
                        exchange(),
                        recorder.recorder().recording().title(),
                        exchange().dialogueUntil("dialogue", now));
    }

    <T extends Throwable> T reportedBy(T error) {
        return recorder.recorder().reportedBy(error);
    }

    boolean isHeld() {
        return phase == Phase.HELD;
    }

    private AssertionError report(Failure what) {
        return what.report(exchange(), recorder.recorder().recording().title());
    }

    /**
     * How much was received by the script or the test: bytes of a stream, or datagrams.
     *
     * @return the place of the next message
     */
    public long taken() {
        return input.position();
    }

    /**
     * Tells whether the conversation would do nothing now unless the client did something.
     *
     * @return false while its code runs or has input to look at
     */
    public boolean isQuiet() {
        if (phase != Phase.RUNNING) {
            return true;
        }
        return switch (Progress.obligation(progress.step())) {
            case SENDS, NONE ->
                progress.step() != null && transport.isWaiting() && (transport.isSendBlocked() || !hasUndecidedInput());
            case EXPECTS, TAKES, OWN -> input.isIdle();
        };
    }

    /**
     * What was seen.
     *
     * @return its part of the server's recording
     */
    public Exchange exchange() {
        return recorder.exchange();
    }

    /** Sends for the script, or for the code that runs in its place; {@code outside} is for other threads of the test. */
    void send(byte[] bytes, @Nullable Duration limit, @Nullable Drip drip, boolean outside) {
        try {
            send(bytes, Input.deadline(limit), drip);
        } catch (ClientGone gone) {
            if (!mayGoOnReceiving()) {
                throw gone;
            }
        } finally {
            if (!scriptSends && !outside) {
                scriptSends = transport.lackOfTls().isEmpty();
            }
        }
    }

    /**
     * Whether code goes on after a send that its client does not get, as something of the client is still to be received.
     * Code that sends again and again, and receives nothing, ends all the same.
     */
    private boolean mayGoOnReceiving() {
        if (!isServedBy(Thread.currentThread()) || !runsOwnCode() || isWithoutTls() || !input.hasUnread()) {
            return false;
        }
        unheard = input.position() == unheardAt ? unheard + 1 : 1;
        unheardAt = input.position();
        return unheard <= MOST_UNHEARD;
    }

    private void send(byte[] bytes, long deadline, @Nullable Drip drip) {
        lockSending(bytes.length, deadline);
        try {
            if (drip == null || bytes.length <= drip.bytes()) {
                transport.send(ByteBuffer.wrap(bytes), deadline);
                return;
            }
            for (int from = 0; from < bytes.length; from += drip.bytes()) {
                if (from > 0) {
                    transport.pause(System.nanoTime() + drip.every().toNanos());
                }
                transport.send(ByteBuffer.wrap(bytes, from, Math.min(drip.bytes(), bytes.length - from)), deadline);
            }
        } finally {
            sending.unlock();
        }
    }

    /** Waits for a send of another thread, as long as this one may take. */
    private void lockSending(int bytes, long deadline) {
        if (sending.tryLock()) {
            return;
        }
        if (deadline == Long.MAX_VALUE) {
            sending.lock();
            return;
        }
        // a thread that was interrupted before need not wait long, and sends all the same
        boolean interrupted = Thread.interrupted();
        try {
            if (!sending.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceeded("another send on this connection did not end in time: the client does not"
                        + " read; " + bytes + " bytes are not sent");
            }
        } catch (InterruptedException now) {
            interrupted = true;
            throw new CancellationException("interrupted while waiting for another send on this connection");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void broadcast(byte[] bytes) {
        // one for all: clients that do not read cost no more together than one
        long deadline = Input.deadline(timeout);
        for (Conversation one : openConversations.get()) {
            try {
                one.send(bytes, deadline, null);
            } catch (ClientGone
                    | OutputClosed
                    | DeadlineExceeded
                    | UnsupportedOperationException
                    | UncheckedIOException passedOver) {
                one.recorder.event(Event.Kind.NOT_SENT, "broadcast not sent: " + passedOver.getMessage());
            }
        }
    }

    void startTls(boolean tolerant, @Nullable Duration limit) {
        long dropped = input.waitFor(() -> transport.tls().start(input.position(), tolerant, Input.deadline(limit)));
        input.skip(dropped);
        if (recorder.exchange().handshake().isEmpty()) {
            throw input.end("the hello of TLS");
        }
    }

    /** Fails if the client left in place of its hello. */
    void requireHello() {
        if (transport.lackOfTls().isPresent()) {
            throw input.end("the hello of TLS");
        }
    }

    void halfClose(boolean byTest) {
        endedBy(byTest);
        transport.halfClose();
    }

    void close(boolean byTest) {
        endedBy(byTest);
        closed = true;
        transport.close();
    }

    void reset(boolean byTest) {
        transport.requireReset();
        endedBy(byTest);
        closed = true;
        transport.reset();
    }

    private void endedBy(boolean test) {
        if (test) {
            endedByTest = true;
        }
    }

    /** Says that the server is being closed: whatever the script throws from now on is no failure. */
    public void stop() {
        stopped = true;
    }

    /** The server's limit for what a client, or a regular expression, may take. */
    Duration timeout() {
        return timeout;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isClosed() {
        return closed;
    }

    TransportChannel transport() {
        return transport;
    }

    Input input() {
        return input;
    }

    Map<String, Object> variables() {
        return variables;
    }
}
