package io.socketharness.internal.sweep;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.internal.sweep.SweepRunServer.Ended;
import io.socketharness.sweep.SweepRun;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of a {@link SequentialSweep}. */
public final class SequentialRun {

    /**
     * The end of a run. It passes without both.
     *
     * @param failure why the run fails
     * @param remark why the run says nothing, or is accepted although its verdict fails
     */
    public record End(Optional<AssertionError> failure, Optional<String> remark) {}

    private static final End PASSES = new End(Optional.empty(), Optional.empty());

    private final SequentialSweep sweep;
    private final Attempt attempt;
    private final String name;
    private @Nullable SweepRunServer server;
    private boolean done;

    SequentialRun(SequentialSweep sweep, Attempt attempt, String name) {
        this.sweep = sweep;
        this.attempt = attempt;
        this.name = name;
    }

    /** Such as {@code reset after 3 bytes of "S: 250 hello" (connection 0)}. */
    public String name() {
        return name;
    }

    public boolean hasFault() {
        return attempt.fault() != null;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Whether the sweep has the result of the run. */
    boolean isDone() {
        return done;
    }

    /** Starts the server. The caller closes it. */
    public FakeServer start(ServerSpec spec, long origin) {
        SweepRunServer started = hasFault()
                ? SweepRunServer.start(spec, attempt.injection(), origin)
                : SweepRunServer.startAsDeclared(spec, attempt.injection(), origin);
        if (!hasFault()) {
            sweep.starts(spec);
        }
        server = started;
        return started.server();
    }

    /** Begins the test on this thread, after the start of the server. */
    public void begin() {
        sweep.begins(this);
        running().begin(Thread.currentThread(), limit(), () -> sweep.givesUp(this));
    }

    private Duration limit() {
        return hasFault() ? sweep.engine().limit() : sweep.engine().cleanLimit();
    }

    /** Ends a test that was too slow, so that the methods that clean up after it are not interrupted. */
    public void beginCleaning() {
        running().beginCleaning(limit(), () -> sweep.givesUp(this));
    }

    /** Notes that the test continues on another thread. Returns the thread before. */
    public Thread continueOn(Thread thread) {
        return running().continueOn(thread);
    }

    /** Notes that a time limit of the framework has ended the test with an exception. */
    public void timedOut(Throwable timeout) {
        running().timedOut(timeout);
    }

    /** Whether the test has exceeded its time limit. */
    public boolean isTooSlow() {
        return running().isTooSlow();
    }

    /**
     * Ends the test, on its thread and before the end of the server.
     *
     * @param thrown the exception of the test; null if it returned
     */
    public End end(@Nullable Throwable thrown) {
        sweep.ends(this);
        Ended ended = running().end(thrown);
        if (hasFault()) {
            return judged(ended);
        }
        if (ended.hang().isPresent()) {
            return new End(Optional.of(tooSlow(ended.hang().get(), thrown)), Optional.empty());
        }
        return thrown == null ? clean(running().evidence(ended, 0)) : PASSES;
    }

    private End clean(RunEvidence evidence) {
        try {
            sweep.engine().cleanEnded(evidence);
        } catch (AssertionError differs) {
            String message = ReportText.nothingSwept(String.valueOf(differs.getMessage()));
            return new End(Optional.of(new AssertionError(message)), Optional.empty());
        }
        done = true;
        return PASSES;
    }

    /** Notes that a run without a fault failed after its {@link #end}. */
    public void failed() {
        if (!hasFault()) {
            done = false;
        }
    }

    private AssertionError tooSlow(Watchdog.Hang hang, @Nullable Throwable thrown) {
        return new AssertionError(
                ReportText.nothingSwept(hang.words()
                        + ". It was at\n" + Judge.stack(hang) + "\n\n"
                        + running().server().recording()),
                thrown);
    }

    private End judged(Ended ended) {
        RunEvidence evidence = running().evidence(ended, sweep.engine().open());
        done = true;
        Optional<SweepRun> result = sweep.engine().ended(attempt, evidence);
        if (result.isEmpty() || result.get().verdict().passes()) {
            return PASSES;
        }
        SweepRun run = result.get();
        return run.fails()
                ? new End(Optional.of(sweep.failure(run, ended.thrown())), Optional.empty())
                : new End(Optional.empty(), Optional.of(ReportText.remark(run)));
    }

    /** Where a test is that does not end, after a line break. */
    String place() {
        return running()
                .abandon()
                .hang()
                .map(hang -> "\nAt its time limit, the test was at\n" + Judge.stack(hang))
                .orElse("");
    }

    private SweepRunServer running() {
        return Objects.requireNonNull(server);
    }
}
