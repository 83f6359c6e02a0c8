package io.socketharness.assertj;

import static io.socketharness.assertj.Clients.connect;
import static io.socketharness.assertj.Clients.failureOf;
import static io.socketharness.assertj.Clients.send;
import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectHex;
import static io.socketharness.script.Behaviours.sendHex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketharness.FakeServer;
import io.socketharness.recording.Exchange;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Assertions on bytes in hex, with text in quotes. */
@Timeout(30)
class HexAssertionsTest {

    private FakeServer server;
    private Socket client;
    private Exchange exchange;

    @BeforeEach
    void talk() throws IOException {
        server = FakeServer.start("tcp:?timeout=1m", expectHex("01 ff \"OK\\n\" 00"), sendHex("81 00 \"é\""));
        client = connect(server);
        send(client, 1, 0xff, 'O', 'K', '\n', 0);
        exchange = server.recording().awaitExchange(0);
        assertThat(exchange).completedItsScript();
        client.close();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void compareWithBytesAndText() {
        assertThat(exchange)
                .receivedHex("01ff 4f4b 0a00")
                .receivedHex("01 FF \"OK\\n\" 00 # a comment")
                .receivedContainingHex("ff \"OK\"")
                .receivedInOrderHex("01", "\"OK\"", "00")
                .sentHex("81 00 c3 a9")
                .sentHex("81 00 \"é\"");
        assertThat(server)
                .receivedHex("01 ff \"OK\\n\" 00")
                .receivedContainingHex("ff \"OK\"")
                .receivedInOrderHex("01", "\"OK\"", "00");
    }

    @Test
    void failuresShowHex() {
        assertThat(failureOf(() -> assertThat(exchange).receivedHex("01 fe")))
                .contains(
                        "connection 0: expected to receive exactly 01 fe, but the received bytes differ\n",
                        "  expected  01 fe\n  received  01 ff 4f 4b 0a 00\n               ^ byte 1\n");
        assertThat(failureOf(() -> assertThat(exchange).receivedContainingHex("00 01")))
                .contains("expected to receive bytes containing 00 01, but it was closed by the client\n");
        assertThat(failureOf(() -> assertThat(exchange).receivedInOrderHex("ff", "01")))
                .contains(
                        "expected to receive ff, 01 in this order, but it was closed by the client\n",
                        "  missing   01, which came earlier\n");
        assertThat(failureOf(() -> assertThat(exchange).sentHex("81 00")))
                .contains("expected to send exactly 81 00, but the sent bytes differ\n");
        server.close();
        assertThat(failureOf(() -> assertThat(server).receivedHex("01 fe")))
                .contains("expected to receive exactly 01 fe, but the server was closed\n");
        assertThat(failureOf(() -> assertThat(server).receivedContainingHex("00 01")))
                .contains("expected to receive bytes containing 00 01, but the server was closed\n");
        assertThat(failureOf(() -> assertThat(server).receivedInOrderHex("ff", "01")))
                .contains("expected to receive ff, 01 in this order, but the server was closed\n");
    }

    @Test
    void acceptsBase64() {
        assertThat(exchange).receivedContainingHex("\"O\" base64 \"Sw==\"");
    }

    @Test
    void refusesMalformedHex() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(exchange).receivedHex("0"))
                .withMessage("the last byte has one hexadecimal digit where two are needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(exchange).receivedContainingHex("01 [2]"))
                .withMessage(
                        "found '[' at 4 where two hexadecimal digits per byte, \"text\" and base64 \"…\" are allowed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(exchange).sentHex("\"OK"))
                .withMessage("the text \"OK has no closing \"; for a \" inside it write \\x22");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(server).receivedInOrderHex("01", "\"\ud800\""))
                .withMessage("the text cannot be written in UTF-8");
    }

    @Test
    void refusesVariables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(exchange).receivedHex("01 ${id}"))
                .withMessage(
                        "found ${id} where two hexadecimal digits per byte, \"text\" and base64 \"…\" are allowed; only a"
                                + " connection has variables");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(server).receivedContainingHex("\"<${id}>\""))
                .withMessageStartingWith("found ${id} where");
        assertThat(exchange).receivedContainingHex("\"OK\"");
    }
}
