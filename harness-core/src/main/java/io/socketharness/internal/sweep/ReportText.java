package io.socketharness.internal.sweep;

import io.socketharness.sweep.SweepReport;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of a sweep as text. */
public final class ReportText {

    private static final int MOST_FAILURES = 20;

    private ReportText() {}

    /** Such as {@code 214 faults: 150 SURVIVED, 60 TOLERATED, 4 HANG}. */
    public static String summary(List<SweepRun> runs) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        runs.forEach(run -> counts.merge(run.verdict(), 1, Integer::sum));
        int count = runs.size();
        return count
                + (count == 1 ? " fault: " : " faults: ")
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** The matrix of places and effects. */
    public static String matrix(List<SweepRun> runs) {
        return new Matrix(runs).text();
    }

    /** The message of a failed sweep. */
    public static String failure(SweepReport report, KnownWeaknesses known) {
        List<SweepRun> failures = report.failures();
        StringBuilder text = new StringBuilder();
        int count = failures.size();
        text.append(
                count == 0
                        ? "The client survives faults that are known as weaknesses"
                        : "The client does not survive " + count + " of "
                                + report.runs().size() + " faults");
        text.append(".\n\n").append(summary(report.runs())).append("\n\n").append(report.matrix());
        failures.stream()
                .limit(MOST_FAILURES)
                .forEach(run -> text.append("\n\n")
                        .append(run)
                        .append("\n")
                        .append(run.reason().indent(2).stripTrailing()));
        if (count > MOST_FAILURES) {
            text.append("\n\n… and ").append(count - MOST_FAILURES).append(" more");
        }
        if (!failures.isEmpty()) {
            text.append("\n\nRun one of them alone: ").append(only(failures.get(0)));
        }
        List<String> outdated = report.outdated();
        if (!outdated.isEmpty()) {
            text.append("\n\n").append(outdated(outdated, known));
        }
        return text.toString();
    }

    private static String only(SweepRun run) {
        return "-Dsocketharness.sweep.only='" + run.name() + "'";
    }

    /** Lines of the file of known weaknesses that no longer apply. */
    static String outdated(List<String> lines, KnownWeaknesses known) {
        return "Remove these lines from " + known.file() + ", because the client survives them now:\n"
                + String.join("\n", lines).indent(2).stripTrailing();
    }

    /** The message of a run that fails. */
    static String failure(SweepRun run, KnownWeaknesses known) {
        Path file = known.file();
        return run + "\n" + run.reason() + "\n\n" + run.dialogue() + "\n\nRun it alone: " + only(run)
                + (file == null
                        ? ""
                        : "\nAccept it for now: add this line to " + file + "\n  " + KnownWeaknesses.line(run));
    }

    /** The remark for a run that neither passes nor fails. */
    static String remark(SweepRun run) {
        return (run.isKnown() ? "known weakness, " : "") + run + ": " + run.reason();
    }

    /** The message of a run without a fault that fails. */
    public static String nothingSwept(String reason) {
        return "The run without a fault failed, so nothing was swept:\n" + reason.stripLeading();
    }
}
