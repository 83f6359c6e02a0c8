package io.socketharness.internal.sweep;

import io.socketharness.ServerSpec;
import io.socketharness.internal.runtime.Warnings;
import io.socketharness.recording.Capture;
import io.socketharness.sweep.SweepRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of a sweep that a test framework executes, one after another, each on a thread of the framework. */
public final class SequentialSweep implements AutoCloseable {

    private final SweepSettings settings;
    private final KnownWeaknesses known;
    private final ExitNotice notice = new ExitNotice();
    /** Null until the first server starts, because its specification may depend on the run. */
    private @Nullable SweepEngine engine;

    private @Nullable SequentialRun last;
    private int cleanRuns;
    /** How often each fault has run. */
    private final Map<String, Integer> times = new HashMap<>();

    public SequentialSweep(SweepSettings settings, KnownWeaknesses known) {
        this.settings = settings;
        this.known = known;
    }

    /**
     * Begins the next run, after the end of the one before. Without a result, a run without a fault ends the sweep, and
     * a run with a fault is left out.
     *
     * @return the run; empty at the end
     */
    public Optional<SequentialRun> next() {
        SequentialRun before = last;
        if (before != null && !before.isDone()) {
            if (!before.hasFault()) {
                return Optional.empty();
            }
            engine().leaveOut(before.attempt(), "the framework did not run the test");
        }
        last = isPlanned() ? engine().next().map(this::faulted).orElse(null) : clean();
        return Optional.ofNullable(last);
    }

    private SequentialRun clean() {
        cleanRuns++;
        String name = "without a fault" + (cleanRuns == 1 ? "" : ", again");
        Attempt attempt = Attempt.withoutFault(new Comparison(settings.masks()));
        return new SequentialRun(this, attempt, name);
    }

    private SequentialRun faulted(Attempt attempt) {
        String fault = Objects.requireNonNull(attempt.fault()).name();
        int number = times.merge(fault, 1, Integer::sum);
        String again = number == 1 ? "" : number == 2 ? ", again" : ", again (run " + number + ")";
        return new SequentialRun(this, attempt, fault + again);
    }

    SweepEngine engine() {
        return Objects.requireNonNull(engine);
    }

    /** Notes the specification of a server. */
    void starts(ServerSpec spec) {
        SweepEngine existing = engine;
        if (existing == null) {
            engine = new SweepEngine(spec, settings, known);
        } else {
            existing.use(spec);
        }
    }

    void begins(SequentialRun run) {
        notice.begin(run.name());
    }

    void ends(SequentialRun run) {
        notice.end(run.name());
    }

    /** Ends the sweep, because a test does not end. Its thread is that of the framework, which waits. */
    void givesUp(SequentialRun run) {
        engine().stop(Watchdog.NOT_ENDED);
        Warnings.log("fault sweep: " + Watchdog.NOT_ENDED + ": " + run.name()
                + ". The sweep leaves out the other faults when it ends." + run.place());
    }

    /** Whether the runs without a fault have passed. */
    public boolean isPlanned() {
        return engine != null && engine.isPlanned();
    }

    /** The results in the order of the dialogue. */
    public List<SweepRun> results() {
        return engine == null ? List.of() : engine.runs();
    }

    /** The page about the results; empty if no fault was planned. */
    public Optional<SweepPage> page(String subject) {
        List<SweepRun> runs = results();
        return runs.isEmpty()
                ? Optional.empty()
                : Optional.of(new SweepPage(subject, runs, outdatedLines(), engine().recordings()));
    }

    /** When the server wants a page. */
    public Capture capture() {
        return engine().recordings().spec().capture();
    }

    private List<String> outdatedLines() {
        return isPlanned() ? known.outdated(results()) : List.of();
    }

    /** The failure for lines of the file of known weaknesses that no longer apply. */
    public Optional<AssertionError> outdated() {
        return outdatedLines().isEmpty()
                ? Optional.empty()
                : Optional.of(new AssertionError(OutdatedLines.text(known, results())));
    }

    /** The failure for a run with a failing verdict. */
    AssertionError failure(SweepRun run, @Nullable Throwable thrown) {
        return new AssertionError(ReportText.failure(run, known), thrown);
    }

    @Override
    public void close() {
        notice.close();
    }
}
