package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Recorder;
import io.socketharness.recording.Recording;
import java.util.List;
import java.util.Locale;

/** The sequence diagram: a list with an arrow for each message, and gaps where nothing happened for some time. */
final class Diagram {

    /** More connections share a lane. */
    private static final int MOST_LANES = 4;

    private static final int IN_LIST = 100;
    private static final long SHORTEST_GAP = 20_000_000;
    private static final long MEDIUM_GAP = 300_000_000;
    private static final long LONG_GAP = 2_000_000_000;
    /** For gaps, ends of lists, and sentences about rows that are left out. */
    static final int RESERVE = 6 << 10;

    private final TimeLine line;
    private final List<Recording> recordings;
    private final RowSelection selection;
    private final boolean scripted;
    private final long duration;
    private final Html out = new Html();
    private int inList;
    private int leftOut;
    private long before;

    Diagram(TimeLine line, List<Recording> recordings, RowSelection selection) {
        this.line = line;
        this.recordings = recordings;
        this.selection = selection;
        this.scripted = line.rows().stream().anyMatch(RowHtml::hasLine);
        List<Row> rows = line.rows();
        this.before = rows.isEmpty() ? 0 : rows.get(0).at();
        this.duration = line.duration();
    }

    /** The number of lanes of the server's side. */
    static int lanes(TimeLine line) {
        int connections = line.connections().size();
        return connections > MOST_LANES ? 1 : Math.max(1, connections);
    }

    Html html() {
        int lanes = lanes(line);
        boolean many = line.rows().size() > 3 * IN_LIST;
        out.open("div", "class", "diagram lanes-" + lanes + (many ? " many" : "") + (scripted ? " scripted" : ""));
        heads(lanes);
        for (int i = 0; i < line.rows().size(); i++) {
            Html row = selection.chosen()[i];
            if (row == null) {
                leftOut++;
                continue;
            }
            endGapOfRows();
            gap(line.rows().get(i));
            next();
            out.add(row).words("\n");
        }
        endGapOfRows();
        if (inList > 0) {
            out.close("ol");
        }
        return out.close("div");
    }

    private void heads(int lanes) {
        out.open("div", "class", "heads").element("span", "client");
        if (recordings.isEmpty() || line.connections().isEmpty()) {
            out.element("span", "server");
        } else if (lanes == line.connections().size() && lanes > 1) {
            line.connections().forEach(connection -> out.element("span", connection.name()));
            out.element("span", all(), "class", "all");
        } else {
            out.element("span", all());
        }
        if (scripted) {
            out.element("u", "line", "title", "line of the script");
        }
        out.close("div").words("\n");
    }

    /** The name of a lane that all connections share. */
    private String all() {
        String servers = recordings.size() > 1
                ? recordings.size() + " servers"
                : Recorder.of(recordings.get(0)).name().isEmpty()
                        ? "server"
                        : new ServerNames(recordings).full(recordings.get(0));
        int connections = line.connections().size();
        return connections > 1 ? servers + ", " + connections + " connections" : servers;
    }

    private void next() {
        if (inList == IN_LIST) {
            out.close("ol");
            inList = 0;
        }
        if (inList == 0) {
            out.open("ol", "role", "list");
        }
        inList++;
    }

    private void endGapOfRows() {
        if (leftOut > 0) {
            next();
            out.open("li", "class", "o")
                    .element("p", leftOut + (leftOut == 1 ? " row is" : " rows are") + " left out")
                    .close("li");
            leftOut = 0;
        }
    }

    private void gap(Row row) {
        long gap = row.at() - before;
        before = Math.max(before, row.end());
        if (gap >= Math.max(SHORTEST_GAP, duration / 40)) {
            String size = gap >= LONG_GAP ? "g g3" : gap >= MEDIUM_GAP ? "g g2" : "g";
            next();
            out.open("li", "class", size)
                    .element("p", "nothing for " + words(gap))
                    .close("li");
        }
    }

    /** Such as {@code 5.0 s}. */
    static String words(long nanos) {
        return nanos < 10_000_000
                ? RowHtml.milliseconds(nanos) + " ms"
                : nanos < 1_000_000_000 ? nanos / 1_000_000 + " ms" : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
