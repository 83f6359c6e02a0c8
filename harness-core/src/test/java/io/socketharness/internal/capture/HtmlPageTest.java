package io.socketharness.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.internal.recording.DialogueLine;
import io.socketharness.internal.recording.PublicRecordings;
import io.socketharness.internal.recording.Report;
import io.socketharness.internal.recording.ReportParagraph;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import io.socketharness.testing.Page;
import io.socketharness.testing.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages with reports from elsewhere, such as that of a failed test. */
class HtmlPageTest {

    @TempDir
    Path directory;

    private Page page(String heading, List<Report> reports, FakeServer server) throws Exception {
        Path file = directory.resolve("page.html");
        HtmlPage.write(file, heading, Reports.failures(reports), new PublicRecordings(List.of(server.recording())));
        return Page.read(file);
    }

    @Test
    void showsTheHeadingAndTheNameOfTheServer() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n").halfClose().readToEnd();
            Exchange exchange = server.recording().awaitExchange(0);
            List<ReportParagraph> reason = List.of(ReportParagraph.words("because of b"));
            Report report = new Report(exchange, "tcp, connection 0: ", "the test has failed", reason, "", List.of());
            Page page = page("MailTest.sends()", List.of(report), server);

            assertThat(page.one("//title")).isEqualTo("Failed: MailTest.sends()");
            assertThat(page.one("//h1")).isEqualTo("MailTest.sends()");
            assertThat(page.one("//header/p[@class='summary']"))
                    .startsWith(server.recording().title() + " · 1 connection · ");
            assertThat(page.one("//p[@class='where']"))
                    .isEqualTo(server.recording().title() + ", connection 0");
            assertThat(page.one("//section[@class='failure']/h2")).isEqualTo("the test has failed");
            assertThat(page.all("//section[@class='failure']/p")).contains("because of b");
            assertThat(page.one("//li[@id='failed-0']//q")).isEqualTo("the test has failed: because of b");
        }
    }

    @Test
    void showsAReportOfNoServer() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:")) {
            Page page = page("MailTest.sends()", List.of(Report.ofLines("expected: 1\n but was: 2")), server);

            assertThat(page.one("//section[@class='failure']/h2")).isEqualTo("expected: 1");
            assertThat(page.all("//section[@class='failure']/p")).containsExactly(" but was: 2");
            assertThat(page.all("//section[@class='failure']/a")).isEmpty();
        }
    }

    @Test
    void shortensReportsAndSaysHowManyAreLeftOut() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:")) {
            Report report = Report.of("failed", "<&\u0000\"> ".repeat(20_000));
            Page page = page("x".repeat(1000), Collections.nCopies(30, report), server);

            assertThat(page.size()).isLessThanOrEqualTo(64 << 10);
            assertThat(page.source()).contains("(the rest is left out)");
            assertThat(page.one("//main/p")).matches("\\d+ more failures are left out");
            assertThat(page.one("//h1")).hasSize(301);
        }
    }

    /** One write of many lines; only the first ones and the one at which the script failed are kept. */
    @Test
    void countsTheLinesThatARowDoesNotShow() {
        RowLines lines = new RowLines(line(1, false));
        for (int i = 2; i <= 10_000; i++) {
            lines.add(line(i, i == 9000));
        }
        Row.Data row = new Row.Data(0, 0, 0, lines, "");

        int kept = RowHtml.MOST_BYTES / 3 + 1;
        assertThat(lines.kept()).hasSize(kept + 1);
        assertThat(lines.skippedBytes()).isEqualTo((10_000 - kept - 1) * 3L);
        assertThat(new MessageText(row, false).html().toString())
                .isEqualTo("<em>8999 lines before\n</em><strong>9</strong><em>\n1000 more lines</em>");
    }

    @Test
    void theTimeOfAMessageIsNoGap() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n");
            PageConnection connection = new PageConnection(server.recording().awaitExchange(0), "connection 0", "#0");
            long second = 1_000_000_000;
            List<Row> rows = List.of(
                    new Row.Data(0, second, 0, new RowLines(line(1, false)), ""),
                    new Row.Data(second, second, 0, new RowLines(line(2, false)), ""),
                    new Row.Data(3 * second, 3 * second, 0, new RowLines(line(3, false)), ""));
            TimeLine line = new TimeLine(List.of(connection), rows, new Subjects(List.of(connection)), 0);
            Html diagram = new Diagram(
                            line, List.of(server.recording()), new RowSelection(rows, new RowHtml(line), 10_000))
                    .html();

            assertThat(diagram.toString().split("nothing for")).hasSize(2);
            assertThat(diagram.toString()).contains("nothing for 2.0 s");
        }
    }

    private static Row.Line line(int number, boolean failed) {
        Bytes content = Bytes.ofText(String.valueOf(number).substring(0, 1));
        Bytes bytes = Bytes.ofText(content.text() + "\r\n");
        return new Row.Line(
                new DialogueLine.Message(
                        DialogueLine.Direction.FROM_CLIENT,
                        DialogueLine.Form.LINE,
                        content,
                        bytes,
                        DialogueLine.Eol.CRLF,
                        new DialogueLine.Span(Duration.ZERO, Duration.ZERO, 1),
                        number > 1,
                        ""),
                null,
                failed);
    }
}
