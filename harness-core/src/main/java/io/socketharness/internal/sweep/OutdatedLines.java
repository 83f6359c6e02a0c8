package io.socketharness.internal.sweep;

import io.socketharness.internal.KnownWords;
import io.socketharness.sweep.SweepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why lines of the file of known weaknesses no longer apply, and what to do with them. */
final class OutdatedLines {

    private OutdatedLines() {}

    /** The text for all lines that no run needs. There must be one. */
    static String text(KnownWeaknesses known, List<SweepRun> runs) {
        Map<String, SweepRun> byName = runs.stream().collect(Collectors.toMap(SweepRun::name, run -> run));
        List<String> survived = new ArrayList<>();
        List<String> other = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : known.outdatedNames(runs)) {
            String line = known.line(name);
            SweepRun run = byName.get(name);
            if (run == null) {
                unknown.add(KnownWords.nearest(name, byName.keySet())
                        .map(near -> line + "\n  " + KnownWords.didYouMean(near))
                        .orElse(line));
            } else if (run.verdict().fails()) {
                other.add(line + "\n  now " + run.verdict());
            } else {
                survived.add(line);
            }
        }
        return Stream.of(
                        paragraph("Remove these lines from ", known, "the client survives them now", survived),
                        paragraph("Change these lines in ", known, "their faults have another verdict now", other),
                        paragraph(
                                "Correct or remove these lines in ",
                                known,
                                "the sweep has no faults with these names",
                                unknown))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }

    private static String paragraph(String advice, KnownWeaknesses known, String why, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : advice + known.file() + ", because " + why + ":\n"
                        + String.join("\n", lines).indent(2).stripTrailing();
    }
}
