package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.ReportParagraph;
import java.util.List;
import java.util.OptionalLong;

/** The row of the diagram that shows when the test itself failed: for example, its client waited for too long. */
final class TestFailure {

    private static final int LONGEST = 200;

    private TestFailure() {}

    /**
     * Creates the row.
     *
     * @param report the failure of the test
     * @param at the time of the failure
     * @param connection the index of the connection that it is about; -1 for none
     * @param rows the other rows, in any order
     */
    static Row row(Report report, long at, int connection, List<Row> rows) {
        String words = "the test failed here" + since(at, connection, rows) + ": " + inOneLine(report);
        return new Row.Remark(at, connection, words, true);
    }

    private static String since(long at, int connection, List<Row> rows) {
        OptionalLong last = rows.stream()
                .filter(row -> row instanceof Row.Data && row.end() <= at)
                .filter(row -> connection < 0 || row.connection() == connection)
                .mapToLong(Row::end)
                .max();
        return last.isEmpty()
                ? ", and no message came before"
                : ", " + Diagram.words(at - last.getAsLong()) + " after the last message";
    }

    private static String inOneLine(Report report) {
        String words = report.exchange() == null
                ? (report.subject() + report.headline() + " " + ReportParagraph.text(report.paragraphs()))
                        .replaceAll("\\s+", " ")
                        .strip()
                : report.inOneLine();
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }
}
