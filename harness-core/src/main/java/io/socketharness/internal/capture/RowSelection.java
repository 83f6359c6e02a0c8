package io.socketharness.internal.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the rows of a page, and those with bytes, within a limit. The rows around failures come first. */
final class RowSelection {

    private static final int MOST_ROWS = 20_000;
    private static final int MOST_FAILURES = 10;
    private static final int AROUND = 20;
    /** The first and the last rows. */
    private static final int AT_ENDS = 50;

    private final List<Row> rows;
    private final RowHtml renderer;
    private final @Nullable Html[] chosen;
    private int leftOut;
    private int withoutBytes;

    /** Chooses rows whose size is not above {@code limit}. */
    RowSelection(List<Row> rows, RowHtml renderer, long limit) {
        this.rows = rows;
        this.renderer = renderer;
        this.chosen = new Html[rows.size()];
        choose(limit);
    }

    /** The row with an index; null if it is left out. */
    @Nullable
    Html[] chosen() {
        return chosen;
    }

    /** How many rows are left out. */
    int leftOut() {
        return leftOut;
    }

    /** How many rows are shown without their bytes, because of the limit. */
    int withoutBytes() {
        return withoutBytes;
    }

    private void choose(long limit) {
        long room = limit;
        List<Integer> order = order();
        List<Integer> shown = new ArrayList<>();
        for (int index : order) {
            Html brief = renderer.brief(rows.get(index));
            if (shown.size() == MOST_ROWS || brief.size() >= room) {
                break;
            }
            room -= brief.size() + 1;
            chosen[index] = brief;
            shown.add(index);
        }
        leftOut = order.size() - shown.size();
        for (int index : shown) {
            if (!(rows.get(index) instanceof Row.Data)) {
                continue;
            }
            Html full = renderer.full(rows.get(index));
            int more = full.size() - Objects.requireNonNull(chosen[index]).size();
            if (more <= room) {
                room -= more;
                chosen[index] = full;
            } else {
                withoutBytes++;
            }
        }
    }

    private List<Integer> order() {
        Set<Integer> order = new LinkedHashSet<>();
        int failures = 0;
        for (int i = 0; i < rows.size() && failures < MOST_FAILURES; i++) {
            if (RowHtml.isFailure(rows.get(i))) {
                add(order, i - AROUND, i + AROUND);
                failures++;
            }
        }
        add(order, 0, AT_ENDS);
        add(order, rows.size() - AT_ENDS, rows.size());
        add(order, 0, rows.size());
        return List.copyOf(order);
    }

    private void add(Set<Integer> order, int from, int to) {
        for (int i = Math.max(0, from); i < Math.min(rows.size(), to); i++) {
            order.add(i);
        }
    }
}
