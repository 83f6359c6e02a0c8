package io.socketharness.internal.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a row. There may be millions, of which a page shows a few. It keeps those with the bytes that a page shows, and
 * those whose step is known.
 */
final class RowLines {

    private final List<Row.Line> kept = new ArrayList<>();
    private long keptBytes;
    private int skipped;
    private long skippedBytes;
    private int skippedBeforeFailure;

    RowLines(Row.Line first) {
        add(first);
    }

    void add(Row.Line line) {
        int size = line.message().bytes().size();
        if (keptBytes >= RowHtml.MOST_BYTES && line.step() == null && !line.failed()) {
            skipped++;
            skippedBytes += size;
            return;
        }
        keptBytes += size;
        if (line.failed()) {
            skippedBeforeFailure = skipped;
        }
        kept.add(line);
    }

    List<Row.Line> kept() {
        return kept;
    }

    int skipped() {
        return skipped;
    }

    long skippedBytes() {
        return skippedBytes;
    }

    /** How many of the skipped lines are before the one at which the script failed. */
    int skippedBeforeFailure() {
        return skippedBeforeFailure;
    }
}
