package io.socketharness.internal.sweep;

import io.socketharness.sweep.Effect;
import io.socketharness.sweep.SweepRun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The runs of a sweep as a table: a row for each place in the dialogue, a column for each effect. */
final class Matrix {

    /** A place in the dialogue. */
    record Row(int connection, String place, Map<Effect, MatrixCell> cells) {

        MatrixCell cell(Effect effect) {
            return cells.getOrDefault(effect, MatrixCell.EMPTY);
        }
    }

    private record Key(int connection, String place) {}

    private final List<Effect> effects;
    private final List<Row> rows = new ArrayList<>();

    Matrix(List<SweepRun> runs) {
        effects = List.copyOf(new TreeSet<>(runs.stream().map(SweepRun::effect).toList()));
        Map<Key, Map<Effect, List<SweepRun>>> cells = new LinkedHashMap<>();
        for (SweepRun run : runs) {
            cells.computeIfAbsent(new Key(run.connection(), run.place()), row -> new EnumMap<>(Effect.class))
                    .computeIfAbsent(run.effect(), effect -> new ArrayList<>())
                    .add(run);
        }
        cells.forEach((key, ofRow) -> {
            Map<Effect, MatrixCell> cellsOfRow = new EnumMap<>(Effect.class);
            ofRow.forEach((effect, ofCell) -> cellsOfRow.put(effect, new MatrixCell(ofCell)));
            rows.add(new Row(key.connection(), key.place(), cellsOfRow));
        });
    }

    /** The effects that occur. */
    List<Effect> effects() {
        return effects;
    }

    /** In the order of the dialogue. */
    List<Row> rows() {
        return rows;
    }

    boolean hasManyConnections() {
        return rows.stream().mapToInt(Row::connection).distinct().count() > 1;
    }

    List<MatrixCell> cells() {
        return rows.stream().flatMap(row -> row.cells().values().stream()).toList();
    }
}
