package io.socketharness.examples.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide says of datagrams: each row of its tables is run against a client, or refused. */
@Timeout(60)
class DatagramsGuideTest {

    private static final String GUIDE = "docs/datagrams.md";

    static List<Row> rows() throws IOException {
        return Markdown.read(GUIDE).rows("Scripts on datagrams");
    }

    static List<Row> refused() throws IOException {
        return Markdown.read(GUIDE).rows("What datagrams cannot do");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void goesOverTheWire(Row row) throws Exception {
        try (FakeServer server = FakeServer.start("udp:", script(row));
                DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(10_000);
            for (String datagram : row.code(1)) {
                byte[] bytes = Escaped.bytes(datagram);
                client.send(new DatagramPacket(bytes, bytes.length, server.address()));
            }
            for (String datagram : row.code(2)) {
                DatagramPacket received = new DatagramPacket(new byte[1_000], 1_000);
                client.receive(received);
                assertThat(new String(received.getData(), 0, received.getLength(), UTF_8))
                        .isEqualTo(text(datagram));
            }
            server.verify();
            assertThat(server.recording().awaitExchange(0).sentDatagrams())
                    .containsExactlyElementsOf(row.code(2).stream()
                            .map(datagram -> Bytes.of(Escaped.bytes(datagram)))
                            .toList());
        }
    }

    private static String text(String escaped) {
        return new String(Escaped.bytes(escaped), UTF_8);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefused(Row row) {
        assertThatThrownBy(() -> FakeServer.start("udp:", script(row)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(row.code(1).get(0));
    }

    private static Script script(Row row) {
        return Script.parse(String.join("\n", row.code(0)));
    }
}
