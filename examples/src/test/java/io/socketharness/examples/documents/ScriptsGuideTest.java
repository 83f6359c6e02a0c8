package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide says that goes over the wire does: each row of its tables is run against a client. */
@Timeout(60)
class ScriptsGuideTest {

    private static final String GUIDE = "docs/scripts.md";
    private static final String REFUSED = "When a script is refused";

    static List<Row> rows() throws IOException {
        return Markdown.read(GUIDE).rows().stream()
                .filter(row -> row.cells().size() == 3)
                .toList();
    }

    static List<Row> refused() throws IOException {
        return Markdown.read(GUIDE).rows(REFUSED);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void goesOverTheWire(Row row) throws Exception {
        run(row, Client::send);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void howTheClientSplitsItMakesNoDifference(Row row) throws Exception {
        run(row, Client::sendByteByByte);
    }

    private static void run(Row row, Sending sending) throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", script(row));
                Client client = new Client(server)) {
            sending.send(client, Escaped.bytes(String.join("", row.code(1))));
            String end = row.cells().get(2);
            if (!end.contains("FIN") && !end.contains("RST")) {
                client.halfClose();
            }
            String expected = String.join("", row.code(2)).replace("${port}", String.valueOf(server.port()));

            assertThat(client.receive()).isEqualTo(Bytes.of(Escaped.bytes(expected)));
            assertThat(client.wasReset()).isEqualTo(end.contains("RST"));
            server.verify();
            assertPace(row, server.recording().awaitExchange(0));
        }
    }

    /** How a client sends. */
    private interface Sending {
        void send(Client client, byte[] bytes) throws IOException;
    }

    private static Script script(Row row) {
        return Script.parse(String.join("\n", row.code(0)), ScriptsGuideTest.class);
    }

    /** Where the guide speaks of time, the recording has to show it. */
    private static void assertPace(Row row, Exchange exchange) {
        List<Event> sent = exchange.events().stream()
                .filter(event -> event.kind() == Event.Kind.SENT)
                .toList();
        if (row.cells().get(2).contains("later")) {
            assertThat(sent.get(0).at().minus(exchange.events().get(0).at()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
        if (row.code(2).size() > 1) {
            assertThat(sent).extracting(event -> event.bytes().escaped()).isEqualTo(row.code(2));
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefused(Row row) {
        assertThatThrownBy(() -> script(row))
                .isInstanceOf(ScriptSyntaxException.class)
                .hasMessageStartingWith(row.code(1).get(0));
    }

    @Test
    void everyLineIsShown() throws IOException {
        String guide = String.join("\n", Markdown.read(GUIDE).lines());

        assertThat(known())
                .hasSizeGreaterThan(30)
                .allSatisfy(word -> assertThat(guide).contains("`" + word));
    }

    /** The markers, and the words that the parser names when it meets one that it does not know. */
    private static Stream<String> known() {
        String message = catchMessage("@unknown");
        return Stream.concat(
                Stream.of("S:", "C:", "C~", "S<", "C<", "S!", "C!"),
                Stream.of(message.substring(message.indexOf("known are ") + 10)
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .split(" ")));
    }

    private static String catchMessage(String text) {
        try {
            return Script.parse(text).toString();
        } catch (ScriptSyntaxException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    /** Sends at once and reads to the end. */
    private static final class Client implements AutoCloseable {

        private final Socket socket;
        private boolean reset;

        Client(FakeServer server) throws IOException {
            socket = new Socket(server.host(), server.port());
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        void sendByteByByte(byte[] bytes) throws IOException {
            for (byte one : bytes) {
                socket.getOutputStream().write(one);
            }
        }

        void halfClose() throws IOException {
            socket.shutdownOutput();
        }

        Bytes receive() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                for (int next = socket.getInputStream().read();
                        next >= 0;
                        next = socket.getInputStream().read()) {
                    all.write(next);
                }
            } catch (SocketException broken) {
                reset = true;
            }
            return Bytes.of(all.toByteArray());
        }

        boolean wasReset() {
            return reset;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
