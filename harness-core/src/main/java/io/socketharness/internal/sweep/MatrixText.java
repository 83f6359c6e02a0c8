package io.socketharness.internal.sweep;

import io.socketharness.internal.sweep.MatrixCell.Kind;
import io.socketharness.sweep.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A matrix as text, at most 100 characters wide. */
final class MatrixText {

    private static final int WIDTH = 100;
    private static final int LEAST_FOR_LABEL = 24;
    private static final String BETWEEN = "  ";
    /** In a longer matrix, rows without a failure are left out. */
    private static final int MOST_ROWS = 80;

    private final Matrix matrix;
    private final boolean manyConnections;
    private final List<Matrix.Row> rows;
    private final StringBuilder out = new StringBuilder();

    private MatrixText(Matrix matrix) {
        this.matrix = matrix;
        this.manyConnections = matrix.hasManyConnections();
        boolean all = matrix.rows().size() <= MOST_ROWS;
        this.rows =
                matrix.rows().stream().filter(row -> all || isRemarkable(row)).toList();
    }

    static String of(Matrix matrix) {
        return new MatrixText(matrix).text();
    }

    private static boolean isRemarkable(Matrix.Row row) {
        return row.cells().values().stream().anyMatch(cell -> cell.kind() == Kind.FAILS || cell.kind() == Kind.KNOWN);
    }

    private String text() {
        legend();
        for (List<Effect> effects : tables()) {
            line("");
            table(effects);
        }
        int leftOut = matrix.rows().size() - rows.size();
        if (leftOut > 0) {
            line("… and " + leftOut + (leftOut == 1 ? " place" : " places") + " without a failure");
        }
        return out.toString().stripTrailing();
    }

    /** The effects of each table: those that do not fit follow in another one. */
    private List<List<Effect>> tables() {
        List<List<Effect>> tables = new ArrayList<>();
        int room = 0;
        for (Effect effect : matrix.effects()) {
            room -= BETWEEN.length() + width(effect);
            if (room < 0) {
                tables.add(new ArrayList<>());
                room = WIDTH - LEAST_FOR_LABEL - BETWEEN.length() - width(effect);
            }
            tables.get(tables.size() - 1).add(effect);
        }
        return tables;
    }

    private void table(List<Effect> effects) {
        List<Matrix.Row> shown = rows.stream()
                .filter(row -> effects.stream().anyMatch(row.cells()::containsKey))
                .toList();
        int columns = effects.stream()
                .mapToInt(effect -> BETWEEN.length() + width(effect))
                .sum();
        String indent = manyConnections ? BETWEEN : "";
        int longest = shown.stream()
                .mapToInt(row -> indent.length() + width(row.place()))
                .max()
                .orElse(0);
        int label = Math.min(longest, WIDTH - columns);
        headings(effects, label);
        int connection = -1;
        for (Matrix.Row row : shown) {
            if (manyConnections && row.connection() != connection) {
                connection = row.connection();
                line("connection " + connection);
            }
            StringBuilder line = new StringBuilder(fit(indent + row.place(), label));
            for (Effect effect : effects) {
                line.append(BETWEEN).append(fit(row.cell(effect).text(), width(effect)));
            }
            line(line.toString());
        }
    }

    private void legend() {
        String line = "";
        for (Map.Entry<String, String> code : MatrixLegend.of(matrix).entrySet()) {
            String next = code.getKey() + " = " + code.getValue();
            if (!line.isEmpty() && line.length() + next.length() + 3 > WIDTH) {
                line(line);
                line = "";
            }
            line += (line.isEmpty() ? "" : " | ") + next;
        }
        line(line);
    }

    /** The names of the effects, in two lines if one of them has two words. */
    private void headings(List<Effect> effects, int label) {
        StringBuilder upper = new StringBuilder(" ".repeat(label));
        StringBuilder lower = new StringBuilder(" ".repeat(label));
        for (Effect effect : effects) {
            String[] words = effect.toString().split("-", 2);
            upper.append(BETWEEN).append(fit(words.length == 1 ? "" : words[0] + "-", width(effect)));
            lower.append(BETWEEN).append(fit(words[words.length - 1], width(effect)));
        }
        if (!upper.toString().isBlank()) {
            line(upper.toString());
        }
        line(lower.toString());
    }

    private int width(Effect effect) {
        int width = 0;
        for (String word : effect.toString().split("-", 2)) {
            width = Math.max(width, word.length());
        }
        for (Matrix.Row row : rows) {
            width = Math.max(width, row.cell(effect).text().length());
        }
        return width;
    }

    private void line(String line) {
        out.append(line.stripTrailing()).append('\n');
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String fit(String text, int width) {
        int size = width(text);
        return size <= width
                ? text + " ".repeat(width - size)
                : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }
}
