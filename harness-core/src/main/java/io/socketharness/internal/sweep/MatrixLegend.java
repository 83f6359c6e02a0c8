package io.socketharness.internal.sweep;

import io.socketharness.sweep.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Explains the codes of a matrix that occur. */
final class MatrixLegend {

    private MatrixLegend() {}

    /** The meaning of each code, in the order of the verdicts. */
    static Map<String, String> of(Matrix matrix) {
        List<MatrixCell> cells = matrix.cells();
        Map<String, String> legend = new LinkedHashMap<>();
        if (has(cells, MatrixCell.Kind.PASSES)) {
            legend.put("ok", "the client survives");
        }
        if (cells.stream().anyMatch(MatrixCell::isPartial)) {
            legend.put("ok 2/5", "it survives at 2 of 5 offsets, the others say nothing");
        }
        new TreeSet<>(cells.stream().flatMap(cell -> cell.verdict().stream()).toList())
                .forEach(verdict -> legend.put(MatrixCell.code(verdict), words(verdict)));
        if (cells.stream().anyMatch(MatrixCell::hasNumber)) {
            legend.put("3", "at 3 offsets of the message");
        }
        if (cells.stream().anyMatch(MatrixCell::isMixed)) {
            legend.put("+", "with other verdicts too");
        }
        if (has(cells, MatrixCell.Kind.KNOWN)) {
            legend.put("known", "a known weakness");
        }
        return legend;
    }

    private static boolean has(List<MatrixCell> cells, MatrixCell.Kind kind) {
        return cells.stream().anyMatch(cell -> cell.kind() == kind);
    }

    /** What a client does with a failing verdict, as a sentence. */
    static String sentence(Verdict verdict) {
        return switch (verdict) {
            case HANG -> "The client hangs";
            case WRONG_EXCEPTION -> "The client throws an exception that is not tolerated";
            case WRONG_RESULT -> "The client returns a wrong result";
            case SWALLOWED -> "The client returns, although an answer is missing";
            case REPEATED -> "The client sends a message again that must not be repeated";
            case RETRY_STORM -> "The client connects again and again";
            case SERVER_FAILED -> "The client sends something unexpected on another connection";
            case LEAK -> "The client leaves a connection open";
            default -> "The client does not fail";
        };
    }

    /** The meaning of a verdict in a few words. */
    static String words(Verdict verdict) {
        return switch (verdict) {
            case SURVIVED -> "the test returns";
            case TOLERATED -> "the test throws an exception that is tolerated";
            case HANG -> "no end within the time limit";
            case WRONG_EXCEPTION -> "an exception that is not tolerated";
            case WRONG_RESULT -> "an assertion fails";
            case SWALLOWED -> "it returns without a message that it needs";
            case REPEATED -> "it sends a message again that must not be repeated";
            case RETRY_STORM -> "too many connections";
            case SERVER_FAILED -> "it sends something unexpected on another connection";
            case LEAK -> "it leaves a connection open";
            case NOT_REACHED -> "the dialogue did not come to this place";
            case DIVERGED -> "the dialogue before this place was different";
            case NOT_APPLICABLE -> "no effect of its own, or impossible here";
            case UNSTABLE -> "two runs had different results";
            case LEFT_OUT -> "not run";
        };
    }
}
