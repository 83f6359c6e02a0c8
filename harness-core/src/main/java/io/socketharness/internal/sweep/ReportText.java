package io.socketharness.internal.sweep;

import io.socketharness.sweep.SweepReport;
import io.socketharness.sweep.SweepRun;
import java.util.List;
import java.util.stream.Collectors;

/** The report of a sweep as text. */
public final class ReportText {

    private static final int MOST_FAILURES = 20;

    private ReportText() {}

    /** Such as {@code 214 faults: 150 SURVIVED, 60 TOLERATED, 4 HANG}. */
    public static String summary(SweepReport report) {
        int count = report.runs().size();
        return count
                + (count == 1 ? " fault: " : " faults: ")
                + report.counts().entrySet().stream()
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
        text.append(".\n\n").append(summary(report)).append("\n\n").append(report.matrix());
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
            text.append("\n\nRun one of them alone: -Dsocketharness.sweep.only='")
                    .append(failures.get(0).name())
                    .append("'");
        }
        List<String> outdated = report.outdated();
        if (!outdated.isEmpty()) {
            text.append("\n\nRemove these lines from ")
                    .append(known.file())
                    .append(", because the client survives them now:\n")
                    .append(String.join("\n", outdated).indent(2).stripTrailing());
        }
        return text.toString();
    }
}
