package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of frames: the framing of each row reads the frame of the protocol that the row shows, and writes it. */
@Timeout(60)
class FramesGuideTest {

    static List<Row> rows() throws IOException {
        return Markdown.read("docs/protocols.md").rows("Frames of common protocols");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsAndWritesTheFrame(Row row) throws Exception {
        String framing = row.code(1).get(0);
        String message = row.code(2).get(0);
        List<String> frames = row.code(3);
        Script script = Script.parse(
                String.join("\n", framing, "C! " + message, "C! " + message, "S! " + message, "S! " + message));
        try (FakeServer server = FakeServer.start("tcp:", script);
                Socket client = new Socket(server.host(), server.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write(twice(frames.get(0)));
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(twice(frames.get(frames.size() - 1)));
            server.verify();
        }
    }

    private static byte[] twice(String hex) {
        String digits = hex.replace(" ", "");
        return HexFormat.of().parseHex(digits + digits);
    }

    @Test
    void hasTheProtocolsThatPeopleLookFor() throws IOException {
        assertThat(rows())
                .extracting(Row::toString)
                .contains(
                        "MySQL",
                        "AMQP 0-9-1",
                        "AMQP 1.0",
                        "HTTP/2",
                        "Modbus TCP",
                        "OPC UA",
                        "Kafka",
                        "Redis",
                        "DNS over TCP",
                        "WebSocket");
    }
}
