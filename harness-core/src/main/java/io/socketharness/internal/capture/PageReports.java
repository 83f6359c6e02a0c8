package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.ReportLine;
import io.socketharness.internal.recording.ReportParagraph;
import java.util.List;
import java.util.OptionalInt;

/** The failures at the top of a page. */
final class PageReports {

    /** How much of a page they are at most. */
    private static final int MOST = 20 << 10;

    private static final int SHORTEST = 200;
    private static final String LEFT_OUT = "… (the rest is left out)";
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
        List<Report> reports = all.all();
        for (int i = 0; i < reports.size(); i++) {
            boolean isNote = i >= all.failures().size();
            Html next = shortened(reports.get(i), isNote, all.isOfTest(i), room);
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

    private Html shortened(Report report, boolean isNote, boolean isOfTest, int room) {
        Html all = report(report, isNote, isOfTest);
        for (int length = room; all.size() > room && length >= SHORTEST; length /= 2) {
            int most = length;
            all = report(
                    report.map(text -> text.length() > most ? text.substring(0, most) + LEFT_OUT : text),
                    isNote,
                    isOfTest);
        }
        return all;
    }

    private Html report(Report report, boolean isNote, boolean isOfTest) {
        OptionalInt index = subjects.connection(report);
        PageConnection connection = index.isEmpty() ? null : connections.get(index.getAsInt());
        Html out = new Html().open("section", "class", isNote ? "failure note" : "failure");
        if (connection != null) {
            out.element("p", where(connection), "class", "where");
        }
        out.element("h2", connection == null ? report.subject() + report.headline() : report.headline());
        report.paragraphs().forEach(paragraph -> paragraph(out, paragraph));
        report.endings().forEach(ending -> out.element("p", ending.strip(), "class", "ending"));
        if (connection != null) {
            faults(out, index.getAsInt(), "Before that, on this connection:");
        } else if (isOfTest) {
            faults(out, -1, "Before that:");
        }
        int marked = index.orElse(-1);
        if ((connection != null || isOfTest) && isShown(marked)) {
            out.element("a", "Show it in the diagram", "href", "#" + RowHtml.anchor(marked));
        }
        if (!report.details().isBlank()) {
            out.open("details")
                    .element("summary", "The whole report")
                    .element("pre", report.text())
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
    private void faults(Html out, int connection, String title) {
        List<String> faults = rows.stream()
                .takeWhile(row -> row.connection() != connection || !RowHtml.isFailure(row))
                .filter(row -> (connection < 0 || row.connection() == connection) && RowHtml.isFault(row))
                .map(RowHtml::words)
                .toList();
        if (faults.isEmpty()) {
            return;
        }
        out.element("p", title).open("ul", "class", "faults");
        faults.stream().limit(MOST_FAULTS).forEach(fault -> out.element("li", fault));
        if (faults.size() > MOST_FAULTS) {
            out.element("li", "and " + (faults.size() - MOST_FAULTS) + " more");
        }
        out.close("ul");
    }

    private boolean isShown(int connection) {
        return rows.stream().anyMatch(row -> row.connection() == connection && RowHtml.isFailure(row));
    }

    private static void paragraph(Html out, ReportParagraph paragraph) {
        List<ReportLine> lines = paragraph.lines();
        boolean isSentence = lines.size() == 1 && lines.get(0).kind() == ReportLine.Kind.WORDS;
        if (isSentence && paragraph.text().lines().count() <= 1) {
            out.element("p", paragraph.text());
            return;
        }
        out.open("pre", "class", "difference");
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).text() + (i + 1 < lines.size() ? "\n" : "");
            out.element("span", text, "class", style(lines.get(i).kind()));
        }
        out.close("pre");
    }

    private static String style(ReportLine.Kind kind) {
        return switch (kind) {
            case WORDS -> "";
            case EXPECTED -> "expected";
            case RECEIVED -> "received";
            case MARK -> "caret";
        };
    }
}
