package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide says that reports say they do: each row of its table is run. */
@Timeout(60)
class FailuresGuideTest {

    static List<Row> rows() throws IOException {
        return Markdown.read("docs/failures.md").rows("Messages and likely causes");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isReported(Row row) throws Exception {
        boolean waitsInVain = row.code(0).get(0).contains("within 300 ms");
        ServerSpec spec = ServerSpec.parse(waitsInVain ? "tcp:?timeout=300ms" : "tcp:?timeout=20s");
        try (FakeServer server = FakeServer.start(spec, Script.parse(String.join("\n", row.code(1))));
                Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write(Escaped.bytes(row.code(2).get(0)));
            if (row.cells().get(2).contains("closes")) {
                client.shutdownOutput();
            }

            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(row.code(0).get(0));
        }
    }
}
