package io.socketharness.script;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.frame;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.testing.TestClient;
import io.socketharness.tls.TlsAlert;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code of the user does on its connection what the built-in steps do. */
@Timeout(60)
class UserCodeConnectionTest {

    @Test
    void receivesAndSendsMessagesInTheFramingOfTheScript() throws IOException {
        Behaviour echo = connection -> connection.sendMessage(connection.receiveMessage());
        try (FakeServer server = FakeServer.start("tcp:", frame(Framing.length(1)), echo);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send((byte) 2, (byte) 'h', (byte) 'i').readBytes(3))
                    .containsExactly(2, 'h', 'i');
            server.verify();
        }
    }

    @Test
    void sendsHexInTheFramingOfTheScript() throws IOException {
        Behaviour answer = connection -> connection.sendHex("81 ${id} \"<${id}>\\n\" # the answer");
        try (FakeServer server =
                        FakeServer.start("tcp:", frame(Framing.length(1)), Behaviours.expectHex("01 [2 id]"), answer);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send(new byte[] {3, 1, (byte) 0xc3, 7}).readBytes(9))
                    .containsExactly(8, 0x81, 0xc3, 7, '<', 0xc3, 7, '>', '\n');
            server.verify();
        }
    }

    @Test
    void sendsHexFromTheTest() throws IOException {
        try (FakeServer server = FakeServer.start("udp:");
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");
            Connection connection = server.accept();
            connection.receiveDatagram();

            connection.sendHex("00 ff \"${port}\"");

            assertThat(client.receiveBytes())
                    .startsWith(0, 0xff)
                    .endsWith(String.valueOf(server.port()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void refusesHexThatItCannotSend() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            Connection connection = server.accept();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> connection.sendHex("0g"))
                    .withMessage(
                            "found 'g' at 2 where two hexadecimal digits per byte, \"text\", base64 \"…\" and ${name} are allowed");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> connection.sendHex("00 ${prot}"))
                    .withMessage("unknown variable prot; did you mean port?");
            connection.useFraming(Framing.length(1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> connection.sendHex("00".repeat(256)))
                    .withMessageStartingWith("a message of 256 bytes is too long");
            connection.sendHex("0a");

            assertThat(client.readBytes(2)).containsExactly(1, 0x0a);
        }
    }

    @Test
    void changesTheFramingForWhatFollows() throws IOException {
        Behaviour upgrade = connection -> {
            assertThat(connection.framing()).isEmpty();
            connection.useFraming(Framing.until((byte) 0));
            assertThat(connection.framing()).contains(Framing.until((byte) 0));
        };
        try (FakeServer server = FakeServer.start("tcp:", upgrade, Behaviours.expect("a"), Behaviours.send("b"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\0").readBytes(2)).containsExactly('b', 0);
            server.verify();
        }
    }

    @Test
    void asksForTheSettings() throws IOException {
        Behaviour asks = connection -> connection.sendLine(connection.charset() + " " + connection.eol() + " "
                + connection.messageLimit() + " " + connection.isDatagrams());
        try (FakeServer server = FakeServer.start("tcp:?messageLimit=99", asks);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("UTF-8 CRLF 99 false\r\n");
        }
    }

    @Test
    void receivesALineThatIsNotText() throws IOException {
        Behaviour counts = connection -> connection.sendLine("" + connection.receiveLineBytes().length);
        try (FakeServer server = FakeServer.start("tcp:", counts);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send((byte) 0xff, (byte) 0xfe, (byte) '\n').readLine())
                    .isEqualTo("2\r\n");
        }
    }

    @Test
    void namesAMessageThatItReadsInParts() throws IOException {
        Behaviour request = connection -> {
            String read =
                    connection.receive("a request", () -> connection.receiveLine() + " " + connection.receiveLine());
            connection.sendLine(read);
        };
        try (FakeServer server = FakeServer.start("tcp:", request);
                TestClient client = TestClient.connect(server)) {
            client.send("GET\n").halfClose();
            assertThat(client.readToEnd()).isEmpty();

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the client closed the connection while the server waited for a request;"
                            + " 4 bytes arrived, without an end of line");
        }
    }

    @Test
    void discardsPendingInput() throws IOException {
        Behaviour discards = connection -> {
            boolean atEnd = connection.atEnd();
            assertThat(connection.discardAvailable()).isEqualTo(atEnd);
            connection.sendLine("go on");
        };
        try (FakeServer server = FakeServer.start("tcp:", discards, expectLine("b"), sendLine("c"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("junk").readLine()).isEqualTo("go on\r\n");
            assertThat(client.send("b\n").readLine()).isEqualTo("c\r\n");
            server.verify();
        }
    }

    @Test
    void stallsUntilTheClientEnds() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h", expectLine("a"), Connection::stall);
                TestClient client = TestClient.connect(server)) {
            client.send("a\nwhatever");
            server.recording().awaitExchange(0).awaitReceived("whatever");

            server.verify();
        }
    }

    @Test
    void refusesAHandshakeOnAConnectionInClear() throws IOException {
        Behaviour refuses = connection -> connection.tls().sendAlert(TlsAlert.HANDSHAKE_FAILURE);
        try (FakeServer server = FakeServer.start("tcp:", expectLine("STARTTLS"), sendLine("go on"), refuses);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("STARTTLS\n").readLine()).isEqualTo("go on\r\n");

            assertThatThrownBy(() -> client.startTls(server))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("handshake_failure");
            server.verify();
        }
    }

    @Test
    void failsWithASentence() throws IOException {
        Behaviour checks = connection -> {
            String line = connection.receiveLine();
            if (!line.startsWith("v2 ")) {
                throw new ExpectationFailed("expected a line of version 2, found \"" + line + "\"");
            }
        };
        try (FakeServer server = FakeServer.start("tcp:", checks);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("v1 hello\n").readToEnd()).isEmpty();

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("\n  expected a line of version 2, found \"v1 hello\"\n")
                    .hasNoCause();
        }
    }

    @Test
    void getsConnectionsOfServersAlone() {
        Connection other = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Script.of(sendLine("a")).run(other))
                .withMessageEndingWith(
                        " is not a connection of a server; run behaviours only on the connections that a server"
                                + " passes to them");
    }

    @Test
    void knowsTheCharsetOfTheScript() throws IOException {
        Behaviour name = connection -> connection.send(connection.charset().name());
        try (FakeServer server = FakeServer.start("tcp:", Behaviours.charset(StandardCharsets.ISO_8859_1), name);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.read(10)).isEqualTo("ISO-8859-1");
        }
    }
}
