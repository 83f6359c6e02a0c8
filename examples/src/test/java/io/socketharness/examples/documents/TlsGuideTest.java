package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.examples.tls.Page;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the guide says that clients report is what they report: each row of its tables has what to write, what goes over
 * the wire, and the words of curl and of the JDK.
 */
@Timeout(60)
class TlsGuideTest {

    private static final String REQUEST = """
            @frame until \\r\\n\\r\\n
            @receive request
            @frame none
            """;
    private static final String TEN_BYTES = """
            S: HTTP/1.1 200 OK
            S: Content-Length: 10
            S:
            """;

    static List<Row> rows() throws IOException {
        return Markdown.read("docs/tls.md").rows("Deliberate TLS errors");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void curlReports(Row row) throws Exception {
        try (FakeServer server = start(row)) {
            String trust = server.tls().caPemFile().toString();
            String output = Page.curl(server, patience(row), "--cacert", trust);

            assertReport(row, 2, output + recorded(server));
            server.verify();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theJdkReports(Row row) throws Exception {
        try (FakeServer server = start(row)) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(server.tls().clientContext())
                    .connectTimeout(patience(row))
                    .build();
            StringJoiner report = new StringJoiner("\n");
            for (Throwable why = catchThrowable(() -> Page.get(server, client)); why != null; why = why.getCause()) {
                report.add(why.toString());
            }

            assertReport(row, 3, report + recorded(server));
            server.verify();
        }
    }

    private static FakeServer start(Row row) {
        List<String> lines = row.code(0);
        if (lines.get(0).contains(" = ")) {
            return FakeServer.start(
                    "tls://localhost:0?" + lines.get(0).replace(" = ", "=").replace("\"", ""));
        }
        String steps = String.join("\n", lines) + "\n";
        if (steps.contains("@tls-truncate")) {
            steps = TEN_BYTES + steps;
        }
        boolean isEstablished = !lines.get(0).matches("@tls-(hello|alert|flight).*");
        ServerSpec spec = ServerSpec.builder("tls").host("localhost").build();
        return FakeServer.start(spec, Script.parse(isEstablished ? REQUEST + steps : steps));
    }

    /** Where the server says nothing any more, clients are not to wait for long. */
    private static Duration patience(Row row) {
        return Duration.ofSeconds(row.code(0).contains("@stall") ? 1 : 20);
    }

    private static String recorded(FakeServer server) {
        return "\n" + server.recording().awaitExchange(0).awaitEnd();
    }

    private static void assertReport(Row row, int cell, String report) {
        AbstractStringAssert<?> found = assertThat(report);
        if (row.cells().get(cell).contains(" or ")) {
            found.containsAnyOf(row.code(cell).toArray(String[]::new));
        } else {
            found.contains(row.code(cell));
        }
    }
}
