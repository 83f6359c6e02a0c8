package io.socketharness.internal.capture;

import java.util.List;
import java.util.OptionalInt;

/** The failures at the top of a page. */
final class PageReports {

    /** How much of a page they are at most. */
    private static final int MOST = 20 << 10;

    private static final int SHORTEST = 200;
    private static final int MOST_FAULTS = 5;

    private final String heading;
    private final List<PageConnection> connections;
    private final List<Row> rows;
    private final Subjects subjects;

    PageReports(String heading, TimeLine line) {
        this.heading = heading;
        this.connections = line.connections();
        this.rows = line.rows();
        this.subjects = line.subjects();
    }

    Html html(Reports all) {
        Html out = new Html();
        int room = MOST;
        List<String> reports = all.all();
        for (int i = 0; i < reports.size(); i++) {
            boolean isNote = i >= all.failures().size();
            Html next = shortened(reports.get(i), isNote, room);
            if (next.size() > room) {
                int more = (isNote ? reports.size() : all.failures().size()) - i;
                String what = isNote ? "note" : "failure";
                return out.element("p", more + " more " + what + (more == 1 ? " is" : "s are") + " left out");
            }
            out.add(next);
            room -= next.size();
        }
        return out;
    }

    private Html shortened(String report, boolean isNote, int room) {
        Html all = report(report, isNote);
        for (int length = report.length() / 2; all.size() > room && length >= SHORTEST; length /= 2) {
            all = report(report.substring(0, length) + "…\n(the rest of the report is left out)", isNote);
        }
        return all;
    }

    private Html report(String report, boolean isNote) {
        OptionalInt index = subjects.connection(report);
        PageConnection connection = index.isEmpty() ? null : connections.get(index.getAsInt());
        ReportText text = new ReportText(report, connection == null ? "" : connection.subject());
        Html out = new Html().open("section", "class", isNote ? "failure note" : "failure");
        if (connection != null) {
            out.element("p", where(connection), "class", "where");
        }
        out.element("h2", text.headline());
        text.paragraphs().forEach(paragraph -> paragraph(out, paragraph));
        if (connection != null) {
            faults(out, index.getAsInt());
        }
        if (connection != null && isShown(index.getAsInt())) {
            out.element("a", "Show it in the diagram", "href", "#" + RowHtml.anchor(index.getAsInt()));
        }
        if (!text.rest().isBlank()) {
            out.open("details")
                    .element("summary", "The whole report")
                    .element("pre", report)
                    .close("details");
        }
        return out.close("section");
    }

    private String where(PageConnection connection) {
        String title = connection.exchange().recording().title();
        return (title.equals(heading) ? "" : title + ", ") + "connection "
                + connection.exchange().index();
    }

    /** Such as the datagrams that the simulated network has lost before. */
    private void faults(Html out, int connection) {
        List<String> faults = rows.stream()
                .takeWhile(row -> row.connection() != connection || !RowHtml.isFailure(row))
                .filter(row -> row.connection() == connection && RowHtml.isFault(row))
                .map(RowHtml::words)
                .toList();
        if (faults.isEmpty()) {
            return;
        }
        out.element("p", "Before that, on this connection:").open("ul", "class", "faults");
        faults.stream().limit(MOST_FAULTS).forEach(fault -> out.element("li", fault));
        if (faults.size() > MOST_FAULTS) {
            out.element("li", "and " + (faults.size() - MOST_FAULTS) + " more");
        }
        out.close("ul");
    }

    private boolean isShown(int connection) {
        return rows.stream().anyMatch(row -> row.connection() == connection && RowHtml.isFailure(row));
    }

    private static void paragraph(Html out, String paragraph) {
        if (!paragraph.contains("\n")) {
            out.element("p", paragraph.strip());
            return;
        }
        out.open("pre", "class", "difference");
        List<String> lines = paragraph.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String kind = line.strip();
            out.element(
                    "span",
                    line + (i + 1 < lines.size() ? "\n" : ""),
                    "class",
                    kind.startsWith("expected  ")
                            ? "expected"
                            : kind.startsWith("received  ") || kind.startsWith("sent  ")
                                    ? "received"
                                    : kind.startsWith("^") ? "caret" : "");
        }
        out.close("pre");
    }
}
