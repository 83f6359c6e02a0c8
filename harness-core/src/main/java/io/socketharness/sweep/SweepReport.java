package io.socketharness.sweep;

import io.socketharness.internal.sweep.KnownWeaknesses;
import io.socketharness.internal.sweep.ReportText;
import io.socketharness.internal.sweep.SweepCapture;
import io.socketharness.internal.sweep.SweepPage;
import io.socketharness.internal.sweep.SweepRecordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The result of a sweep. */
public final class SweepReport {

    private final List<SweepRun> runs;
    private final KnownWeaknesses known;
    private final SweepRecordings recordings;

    SweepReport(List<SweepRun> runs, KnownWeaknesses known, SweepRecordings recordings) {
        this.runs = List.copyOf(runs);
        this.known = known;
        this.recordings = recordings;
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
        return ReportText.counts(runs);
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
     * Writes an HTML page. It shows which faults break the client, the matrix, and for each run that failed its reason,
     * its scripts, and its sequence diagram beside the one without a fault. It is one file that loads nothing else, for
     * browsers, light and dark. 50 runs have diagrams, fewer if they are large, and 200 runs are shown; the page says what is left out.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if it cannot be written
     */
    public void writeHtml(Path file) throws IOException {
        page().write(file);
    }

    private SweepPage page() {
        return new SweepPage(recordings.title(), runs, outdated(), recordings);
    }

    /**
     * Throws if the client does not survive a fault, or a known weakness is gone.
     *
     * <p>If the system property {@code socketharness.capture.directory} is set, the page is written there. The message
     * then says where it is.
     *
     * @throws AssertionError with the matrix, and each failure with its reason
     */
    public void verify() {
        if (!failures().isEmpty() || !outdated().isEmpty()) {
            String message = ReportText.failure(this, known);
            throw new AssertionError(SweepCapture.write(page(), recordings)
                    .map(place -> message + "\n\n" + place)
                    .orElse(message));
        }
    }

    /** Returns the counts and the matrix. */
    @Override
    public String toString() {
        return ReportText.summary(runs) + "\n" + matrix();
    }
}
