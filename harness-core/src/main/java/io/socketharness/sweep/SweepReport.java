package io.socketharness.sweep;

import io.socketharness.internal.sweep.KnownWeaknesses;
import io.socketharness.internal.sweep.ReportText;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The result of a sweep. */
public final class SweepReport {

    private final List<SweepRun> runs;
    private final KnownWeaknesses known;

    SweepReport(List<SweepRun> runs, KnownWeaknesses known) {
        this.runs = List.copyOf(runs);
        this.known = known;
    }

    /**
     * Returns all planned runs, also those that were left out.
     *
     * @return the runs in the order of the dialogue
     */
    public List<SweepRun> runs() {
        return runs;
    }

    /**
     * Returns the runs that fail the sweep.
     *
     * @return the runs in the order of the dialogue
     */
    public List<SweepRun> failures() {
        return runs.stream().filter(SweepRun::fails).toList();
    }

    /**
     * Returns the number of runs with each verdict. Their sum is the number of planned runs.
     *
     * @return the verdicts that occur
     */
    public Map<Verdict, Integer> counts() {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        runs.forEach(run -> counts.merge(run.verdict(), 1, Integer::sum));
        return counts;
    }

    /**
     * Returns the lines of the file of known weaknesses that no longer apply.
     *
     * @return the lines; they fail the sweep
     */
    public List<String> outdated() {
        return known.outdated(runs);
    }

    /**
     * Returns the matrix of messages and effects.
     *
     * @return lines of at most 100 characters, without a line terminator after the last
     */
    public String matrix() {
        return ReportText.matrix(runs);
    }

    /**
     * Throws if the client does not survive a fault, or a known weakness is gone.
     *
     * @throws AssertionError with the matrix, and each failure with its reason
     */
    public void verify() {
        if (!failures().isEmpty() || !outdated().isEmpty()) {
            throw new AssertionError(ReportText.failure(this, known));
        }
    }

    /** Returns the counts and the matrix. */
    @Override
    public String toString() {
        return ReportText.summary(runs) + "\n" + matrix();
    }
}
