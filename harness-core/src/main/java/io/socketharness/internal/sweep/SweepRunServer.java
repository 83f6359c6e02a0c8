package io.socketharness.internal.sweep;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.server.RunningServer;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.internal.sweep.RunEvidence.Mismatch;
import io.socketharness.recording.Capture;
import io.socketharness.recording.Event;
import io.socketharness.recording.Recording;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The server of one run, and the time of its test. */
final class SweepRunServer implements AutoCloseable {

    /** How long a client may take to close its connections after the test. */
    private static final Duration FOR_CLOSING = Duration.ofMillis(500);

    private static final Set<Event.Kind> ENDS = EnumSet.of(
            Event.Kind.HALF_CLOSED_BY_CLIENT,
            Event.Kind.RESET_BY_CLIENT,
            Event.Kind.RESET_BY_SERVER,
            Event.Kind.CLOSED,
            Event.Kind.TLS_FAILED);

    private final FaultInjection injection;
    private final FakeServer server;
    private final RunningServer running;
    private @Nullable Watchdog watchdog;
    private Optional<Watchdog.Hang> hang = Optional.empty();
    private long begun;

    private SweepRunServer(FaultInjection injection, FakeServer server) {
        this.injection = injection;
        this.server = server;
        this.running = ServerAccess.running(server);
    }

    /** Starts the server of a run. */
    static SweepRunServer start(ServerSpec spec, FaultInjection injection, long origin) {
        // its report is evidence, not a failure
        ServerSpec silent =
                spec.toBuilder().strict(false).capture(Capture.NEVER).build();
        return startAsDeclared(silent, injection, origin);
    }

    /** Starts the server of a run that its framework verifies. */
    static SweepRunServer startAsDeclared(ServerSpec spec, FaultInjection injection, long origin) {
        SweepRunServer started = new SweepRunServer(injection, ServerAccess.start(spec, origin, injection));
        injection.begin(started.running);
        return started;
    }

    FakeServer server() {
        return server;
    }

    /** Begins the test on a thread, with a time limit. */
    void begin(Thread test, Duration limit, Runnable giveUp) {
        begun = System.nanoTime();
        watchdog = new Watchdog(test, limit, () -> running.endConnections(true), giveUp);
        watchdog.start();
    }

    /** Begins the end of a test that has exceeded its limit, on its thread: it is not interrupted until the same limit. */
    void beginCleaning(Duration limit, Runnable giveUp) {
        Watchdog watching = watchdog;
        if (watching != null && watching.hang() != null) {
            hang = watching.end();
            watchdog = new Watchdog(Thread.currentThread(), limit, () -> running.endConnections(true), giveUp);
            watchdog.start();
        }
    }

    /** Notes that the test continues on another thread. Returns the thread before. */
    Thread continueOn(Thread thread) {
        return Objects.requireNonNull(watchdog).continueOn(thread);
    }

    /** Notes that another time limit has ended the test, whose code may still run on its own thread. */
    void timedOut(Throwable timeout) {
        Throwable cause = timeout.getCause();
        Throwable at =
                cause != null ? cause : timeout.getSuppressed().length > 0 ? timeout.getSuppressed()[0] : timeout;
        Objects.requireNonNull(watchdog)
                .endedBy(
                        "a time limit of the test framework ended the test (" + timeout.getMessage() + ")",
                        List.of(at.getStackTrace()));
        running.endConnections(true);
    }

    boolean isTooSlow() {
        return hang.isPresent() || watchdog != null && watchdog.hang() != null;
    }

    /** Ends the test, on its thread. */
    Ended end(@Nullable Throwable thrown) {
        Duration time = Duration.ofNanos(System.nanoTime() - begun);
        Watchdog watching = watchdog;
        Optional<Watchdog.Hang> last = watching == null ? Optional.empty() : watching.end();
        return new Ended(thrown, time, hang.or(() -> last));
    }

    /** The end of a test that does not end. */
    Ended abandon() {
        Watchdog watching = watchdog;
        return new Ended(
                null,
                Duration.ofNanos(System.nanoTime() - begun),
                watching == null ? Optional.empty() : Optional.ofNullable(watching.hang()));
    }

    /** The end of a test: its exception, its time, and whether it exceeded its limit. */
    record Ended(@Nullable Throwable thrown, Duration time, Optional<Watchdog.Hang> hang) {}

    /** Collects the facts of the run, after the test. Waits until all but {@code open} connections are closed. */
    RunEvidence evidence(Ended end, int open) {
        injection.release();
        Recording recording = server.recording();
        if (end.hang().isEmpty()) {
            recording.await(all -> open(all) <= open, FOR_CLOSING);
            running.verifier().settle();
        }
        return new RunEvidence(
                end.thrown(),
                end.time(),
                end.hang(),
                injection.traces(),
                running.recorder().address(),
                injection.hasFired(),
                injection.divergence(),
                injection.obstacle(),
                mismatch(),
                open(recording),
                injection.delay(),
                recording);
    }

    /** A mismatch of a connection after the fault, or else of one before it. */
    private @Nullable Mismatch mismatch() {
        Mismatch before = null;
        for (ServerConnection one : running.runtime().connections()) {
            int index = one.conversation().exchange().index();
            if (!injection.hasFault(index)) {
                Optional<String> mismatch = one.conversation().completion().mismatch();
                if (mismatch.isPresent()) {
                    Mismatch found =
                            new Mismatch("connection " + index + ": " + mismatch.get(), injection.wasOpen(index));
                    if (!found.wasOpen()) {
                        return found;
                    }
                    before = found;
                }
            }
        }
        return before;
    }

    /**
     * How many connections the client has not ended. Where the server has ended, or TLS has failed, the client's end is
     * not visible.
     */
    private static int open(Recording recording) {
        return (int) recording.exchanges().stream()
                .filter(exchange -> !exchange.isDatagrams() && ENDS.stream().noneMatch(exchange::has))
                .count();
    }

    @Override
    public void close() {
        server.close();
    }
}
