package io.socketharness.internal.sweep;

import io.socketharness.sweep.SweepReport;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of a sweep as text. */
public final class ReportText {

    private static final int MOST_FAILURES = 20;
    private static final int LONGEST_SCRIPT = 4000;

    private ReportText() {}

    /** Such as {@code 214 faults: 150 SURVIVED, 60 TOLERATED, 4 HANG}. */
    public static String summary(List<SweepRun> runs) {
        int count = runs.size();
        return count
                + (count == 1 ? " fault: " : " faults: ")
                + counts(runs).entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** The number of runs with each verdict that occurs. */
    public static Map<Verdict, Integer> counts(List<SweepRun> runs) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        runs.forEach(run -> counts.merge(run.verdict(), 1, Integer::sum));
        return counts;
    }

    /** The matrix of places and effects. */
    public static String matrix(List<SweepRun> runs) {
        return MatrixText.of(new Matrix(runs));
    }

    /** One run of each verdict, place and effect. */
    private static String runs(List<SweepRun> failures) {
        Map<List<Object>, List<SweepRun>> alike = new LinkedHashMap<>();
        for (SweepRun run : failures) {
            alike.computeIfAbsent(
                            List.of(run.verdict(), run.connection(), run.place(), run.effect()),
                            added -> new ArrayList<>())
                    .add(run);
        }
        StringBuilder text = new StringBuilder();
        int left = failures.size();
        for (List<SweepRun> runs : alike.values().stream().limit(MOST_FAILURES).toList()) {
            SweepRun first = runs.get(0);
            left -= runs.size();
            text.append("\n\n")
                    .append(first)
                    .append("\n")
                    .append(first.reason().indent(2).stripTrailing());
            text.append(scripts(first.scripts()));
            if (runs.size() > 1) {
                text.append("\n  The verdict is the same with ")
                        .append(runs.size() - 1)
                        .append(runs.size() == 2 ? " more fault" : " more faults")
                        .append(" of this effect at this place.");
            }
        }
        return left > 0 ? text + "\n\n… and " + left + " more" : text.toString();
    }

    /** The scripts of a run that fails, for people. */
    private static String scripts(List<String> scripts) {
        if (scripts.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n  ").append(heading(scripts)).append(":");
        for (int i = 0; i < scripts.size(); i++) {
            if (scripts.size() > 1) {
                boolean last = i == scripts.size() - 1;
                text.append("\n    # ").append(last ? "script, for all later connections" : "scripts, connection " + i);
            }
            String script = scripts.get(i);
            String shown = script.length() > LONGEST_SCRIPT ? script.substring(0, LONGEST_SCRIPT) : script;
            text.append("\n").append(shown.indent(4).stripTrailing());
            if (shown.length() < script.length()) {
                text.append("\n    … (SweepRun.scripts() has everything)");
            }
        }
        return text.toString();
    }

    /** Introduces the scripts of a run. */
    static String heading(List<String> scripts) {
        boolean escapes = scripts.stream().anyMatch(script -> script.indexOf('\\') >= 0);
        return (scripts.size() == 1 ? "As the script of a normal test" : "As the scripts of a normal test")
                + (escapes ? " (in a Java text block, write each backslash twice)" : "");
    }

    /** The message of a failed sweep. */
    public static String failure(SweepReport report, KnownWeaknesses known) {
        List<SweepRun> failures = report.failures();
        StringBuilder text = new StringBuilder();
        int count = failures.size();
        text.append(
                count == 0
                        ? "The file of known weaknesses has lines that no longer apply"
                        : "The client does not survive " + count + " of "
                                + report.runs().size() + " faults");
        text.append(".\n\n").append(summary(report.runs())).append("\n\n").append(report.matrix());
        text.append(runs(failures));
        if (!failures.isEmpty()) {
            text.append("\n\nRun one of them alone: ").append(only(failures.get(0)));
        }
        if (!report.outdated().isEmpty()) {
            text.append("\n\n").append(OutdatedLines.text(known, report.runs()));
        }
        return text.toString();
    }

    private static String only(SweepRun run) {
        return "-D" + SweepSettings.ONLY + "='" + run.name() + "'";
    }

    /** The message of a run that fails. */
    static String failure(SweepRun run, KnownWeaknesses known) {
        Path file = known.file();
        String scripts = scripts(run.scripts()).stripIndent();
        return run + "\n" + run.reason() + "\n\n" + run.dialogue()
                + (scripts.isEmpty() ? "" : "\n" + scripts) + "\n\nRun it alone: " + only(run)
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
