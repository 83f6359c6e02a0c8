package io.socketharness.internal.sweep;

import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The runs with one effect at one place: at each offset of a message, of one connection and of later ones too. Upper case
 * is a failure.
 *
 * @param runs the runs, in the order of the dialogue
 */
record MatrixCell(List<SweepRun> runs) {

    static final MatrixCell EMPTY = new MatrixCell(List.of());

    /** What a cell says about the client. */
    enum Kind {
        EMPTY,
        PASSES,
        FAILS,
        KNOWN,
        SAYS_NOTHING
    }

    Kind kind() {
        if (runs.isEmpty()) {
            return Kind.EMPTY;
        }
        if (!failing().isEmpty()) {
            return Kind.FAILS;
        }
        if (!known().isEmpty()) {
            return Kind.KNOWN;
        }
        return passing().isEmpty() ? Kind.SAYS_NOTHING : Kind.PASSES;
    }

    /** Such as {@code ok}, {@code HANG 3} or {@code left out}; empty if there are no runs. */
    String text() {
        return switch (kind()) {
            case EMPTY -> "";
            case FAILS -> code(verdict().orElseThrow()) + number(failing()) + (isMixed() ? "+" : "");
            case KNOWN -> "known" + number(known());
            case PASSES -> isPartial() ? "ok " + offsets(passing()) + "/" + offsets(applicable()) : "ok";
            case SAYS_NOTHING -> code(verdict().orElseThrow());
        };
    }

    /** Such as {@code  3} for three offsets; empty for one. */
    private static String number(List<SweepRun> runs) {
        long count = offsets(runs);
        return count > 1 ? " " + count : "";
    }

    private static long offsets(Collection<SweepRun> runs) {
        return runs.stream().map(SweepRun::offset).distinct().count();
    }

    /** The verdict that the cell shows: the most frequent one of its kind. Empty if the client survives. */
    Optional<Verdict> verdict() {
        List<SweepRun> shown = switch (kind()) {
            case FAILS -> failing();
            case SAYS_NOTHING -> applicable().isEmpty() ? runs : applicable();
            default -> List.<SweepRun>of();
        };
        return shown.stream()
                .map(SweepRun::verdict)
                .max(Comparator.comparingLong(verdict ->
                        shown.stream().filter(run -> run.verdict() == verdict).count()));
    }

    /** Whether it shows how many offsets fail. */
    boolean hasNumber() {
        return offsets(failing()) > 1;
    }

    /** Whether it has several failing verdicts. */
    boolean isMixed() {
        return failing().stream().map(SweepRun::verdict).distinct().count() > 1;
    }

    /** Whether the client survives at some offsets, and others say nothing. */
    boolean isPartial() {
        return kind() == Kind.PASSES && offsets(passing()) < offsets(applicable());
    }

    private List<SweepRun> failing() {
        return runs.stream().filter(SweepRun::fails).toList();
    }

    private List<SweepRun> known() {
        return runs.stream().filter(SweepRun::isKnown).toList();
    }

    private List<SweepRun> passing() {
        return runs.stream().filter(run -> run.verdict().passes()).toList();
    }

    private List<SweepRun> applicable() {
        return runs.stream()
                .filter(run -> run.verdict() != Verdict.NOT_APPLICABLE)
                .toList();
    }

    /** A short form of a verdict. */
    static String code(Verdict verdict) {
        return switch (verdict) {
            case SURVIVED, TOLERATED -> "ok";
            case HANG -> "HANG";
            case WRONG_EXCEPTION -> "THROWS";
            case WRONG_RESULT -> "WRONG";
            case SWALLOWED -> "SWALLOW";
            case REPEATED -> "REPEAT";
            case RETRY_STORM -> "STORM";
            case SERVER_FAILED -> "SERVER";
            case LEAK -> "LEAK";
            case NOT_REACHED -> "unreached";
            case DIVERGED -> "diverged";
            case NOT_APPLICABLE -> "n/a";
            case UNSTABLE -> "unstable";
            case LEFT_OUT -> "left out";
        };
    }
}
