package io.socketharness.internal.sweep;

import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The accepted verdicts of a sweep: lines of a text file, such as {@code HANG stall before "S: 250 hello"}. */
public final class KnownWeaknesses {

    /** A file without lines. */
    public static final KnownWeaknesses NONE = new KnownWeaknesses(null, Map.of());

    private final @Nullable Path file;
    /** The verdict of each name. */
    private final Map<String, Verdict> accepted;

    private KnownWeaknesses(@Nullable Path file, Map<String, Verdict> accepted) {
        this.file = file;
        this.accepted = accepted;
    }

    /** Reads a file. A missing one has no lines. */
    public static KnownWeaknesses read(Path file) {
        if (Files.notExists(file)) {
            return new KnownWeaknesses(file, Map.of());
        }
        try {
            return of(file, Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "the known weaknesses cannot be read from " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Reads the lines of a file. */
    public static KnownWeaknesses of(Path file, List<String> lines) {
        return new KnownWeaknesses(file, parse(file, lines));
    }

    private static Map<String, Verdict> parse(Path file, List<String> lines) {
        Map<String, Verdict> accepted = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+", 2);
            Verdict verdict = Arrays.stream(Verdict.values())
                    .filter(one -> one.fails() && one.name().equals(parts[0]))
                    .findFirst()
                    .orElse(null);
            if (verdict == null || parts.length < 2) {
                throw new IllegalArgumentException(file + ", line " + (i + 1) + ": found \"" + line
                        + "\"; a line is a failing verdict and the name of a fault, such as HANG stall before \"S: 250 hello\""
                        + " (connection 0)");
            }
            accepted.put(parts[1], verdict);
        }
        return accepted;
    }

    boolean accepts(Verdict verdict, String name) {
        return verdict.fails() && accepted.get(name) == verdict;
    }

    /** The lines that no run needs any more, without those that were left out. */
    public List<String> outdated(List<SweepRun> runs) {
        return outdatedNames(runs).stream().map(this::line).toList();
    }

    /** The names in these lines. */
    List<String> outdatedNames(List<SweepRun> runs) {
        Set<String> rest = new LinkedHashSet<>(accepted.keySet());
        for (SweepRun run : runs) {
            if (run.isKnown() || !run.verdict().passes() && !run.verdict().fails()) {
                rest.remove(run.name());
            }
        }
        return List.copyOf(rest);
    }

    /** The line with a name. */
    String line(String name) {
        return accepted.get(name) + " " + name;
    }

    /** The lines that accept the failures of a sweep. */
    public static String lines(List<SweepRun> failures) {
        return failures.stream().map(KnownWeaknesses::line).collect(Collectors.joining("\n"));
    }

    /** The line that accepts a failure. */
    static String line(SweepRun run) {
        return run.verdict() + " " + run.name();
    }

    /** The names of the file. */
    Set<String> names() {
        return accepted.keySet();
    }

    /** The file; null if there is none. */
    public @Nullable Path file() {
        return file;
    }
}
