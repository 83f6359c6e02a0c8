package io.socketharness.internal.sweep;

import io.socketharness.sweep.Effect;
import io.socketharness.sweep.SweepRun;
import io.socketharness.sweep.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A table of places and effects, at most 100 characters wide. Several faults share a cell: those at each offset of a
 * message, of one connection and of later ones too. The cell shows the worst verdict, and how many faults have it.
 */
final class Matrix {

    private static final int WIDTH = 100;
    private static final int CELL = 8;
    private static final int LONGEST_LABEL = 40;

    private final List<Effect> effects;
    private final Map<String, Map<Effect, List<SweepRun>>> rows = new LinkedHashMap<>();
    private final boolean manyConnections;

    Matrix(List<SweepRun> runs) {
        this.effects = new ArrayList<>(
                new TreeSet<>(runs.stream().map(SweepRun::effect).toList()));
        this.manyConnections = runs.stream().anyMatch(run -> run.connection() > 0);
        for (SweepRun run : runs) {
            rows.computeIfAbsent(label(run), label -> new EnumMap<>(Effect.class))
                    .computeIfAbsent(run.effect(), effect -> new ArrayList<>())
                    .add(run);
        }
    }

    private String label(SweepRun run) {
        return manyConnections ? run.connection() + "  " + run.place() : run.place();
    }

    String text() {
        int room = Math.min(LONGEST_LABEL, WIDTH - CELL * effects.size() - 1);
        StringBuilder text = new StringBuilder(" ".repeat(room));
        for (Effect effect : effects) {
            text.append(' ').append(fit(heading(effect), CELL - 1));
        }
        rows.forEach((label, cells) -> {
            stripEnd(text);
            text.append('\n').append(fit(label, room));
            for (Effect effect : effects) {
                text.append(' ').append(fit(cell(cells.getOrDefault(effect, List.of())), CELL - 1));
            }
        });
        stripEnd(text);
        return text.toString();
    }

    private static String heading(Effect effect) {
        return switch (effect) {
            case STOP_READING -> "stop-rd";
            case SLOW_READING -> "slow-rd";
            case COALESCE -> "coalesc";
            case DUPLICATE -> "duplic.";
            case TRUNCATE -> "truncat";
            default -> effect.toString();
        };
    }

    private static String cell(List<SweepRun> runs) {
        if (runs.isEmpty()) {
            return "";
        }
        List<SweepRun> failing = runs.stream().filter(SweepRun::fails).toList();
        if (!failing.isEmpty()) {
            Verdict worst = failing.get(0).verdict();
            return code(worst) + (failing.size() > 1 ? failing.size() : "");
        }
        if (runs.stream().anyMatch(run -> run.isKnown())) {
            return "known";
        }
        return runs.stream().anyMatch(run -> run.verdict().passes())
                ? "ok"
                : code(runs.get(0).verdict());
    }

    private static String code(Verdict verdict) {
        return switch (verdict) {
            case WRONG_EXCEPTION -> "EXCEP";
            case WRONG_RESULT -> "WRONG";
            case SWALLOWED -> "SWALL";
            case REPEATED -> "REPEA";
            case RETRY_STORM -> "STORM";
            case SERVER_FAILED -> "SERVR";
            case NOT_REACHED -> "unreach";
            case DIVERGED -> "diverge";
            case NOT_APPLICABLE -> "-";
            case UNSTABLE -> "unstabl";
            case LEFT_OUT -> "left";
            default -> verdict.toString();
        };
    }

    private static String fit(String text, int width) {
        return text.length() > width ? text.substring(0, width - 1) + "…" : text + " ".repeat(width - text.length());
    }

    private static void stripEnd(StringBuilder text) {
        while (text.length() > 0 && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
    }
}
