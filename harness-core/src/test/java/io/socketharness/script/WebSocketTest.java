package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Bytes;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The upgrade of HTTP to WebSocket, and its frames. */
class WebSocketTest {

    /** The key and the answer to it that RFC 6455 has as its example, section 1.3. */
    private static final String REQUEST = """
            GET /chat HTTP/1.1
            Host: a
            sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==

            """.replace("\n", "\r\n");

    private static final String ANSWER = """
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

            """.replace("\n", "\r\n");

    @Test
    void acceptsTheUpgradeAndTakesTheMaskOff() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", webSocket(), expectHex("81 \"Hello\""), sendHex("81 \"Hello\""));
                TestClient client = TestClient.connect(server)) {
            // the masked and the unmasked frame of section 5.7
            client.sendByteByByte(REQUEST)
                    .send(Bytes.parseHex("81 85 37 fa 21 3d 7f 9f 4d 51 58").toByteArray());

            assertThat(client.read(ANSWER.length())).isEqualTo(ANSWER);
            assertThat(Bytes.of(client.readBytes(7)).hex()).isEqualTo("81 05 48 65 6c 6c 6f");
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 127, 65_535, 65_536})
    void theJdkSendsAndGetsMessagesOfAnySize(int size) throws Exception {
        String text = "é".repeat(size / 2) + "x".repeat(size % 2);
        Script script = Script.of(
                webSocket(),
                expectHex("81 [* text]"),
                sendHex("81 ${text}"),
                expectHex("88 [* why]"),
                sendHex("88 ${why}"));
        try (FakeServer server = FakeServer.start("tcp:", script)) {
            CompletableFuture<String> got = new CompletableFuture<>();
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/"), new WebSocket.Listener() {
                        private final StringBuilder all = new StringBuilder();

                        @Override
                        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                            all.append(data);
                            if (last) {
                                got.complete(all.toString());
                            }
                            return WebSocket.Listener.super.onText(socket, data, last);
                        }
                    })
                    .get(5, TimeUnit.SECONDS);
            client.sendText(text, true).get(5, TimeUnit.SECONDS);

            assertThat(got.get(5, TimeUnit.SECONDS)).isEqualTo(text);
            client.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(5, TimeUnit.SECONDS);
            server.verify();
        }
    }

    @Test
    void reportsMistakesOfTheClient() throws IOException {
        assertThat(failure("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .contains("the client did not request a WebSocket: its request has no Sec-WebSocket-Key");
        assertThat(failure((REQUEST + "\u0001\u0001x").getBytes(StandardCharsets.US_ASCII)))
                .contains("the client sent a frame without a mask; RFC 6455, section 5.1, requires one");
        assertThat(failure(Bytes.parseHex(Bytes.ofText(REQUEST).hex() + "82 ff 00 00 00 01 00 00 00 00")
                        .toByteArray()))
                .contains("the client announced a message of 4294967296 bytes; up to 1048576 are allowed");
    }

    @Test
    void joinsFragments() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", webSocket(), expectHex("81 \"abc\""), expectHex("8a"));
                TestClient client = TestClient.connect(server)) {
            client.send(REQUEST)
                    .send(Bytes.parseHex("01 81 00000000 61 00 80 01020304 80 82 01000000 6363 8a 80 00000000")
                            .toByteArray());

            assertThat(client.read(ANSWER.length())).isEqualTo(ANSWER);
            server.verify();
        }
        byte[] ping = Bytes.parseHex(Bytes.ofText(REQUEST).hex() + "01 80 00000000 89 80 00000000")
                .toByteArray();
        assertThat(failure(ping))
                .contains("the client sent a frame of kind 9 between the fragments of a message, which this framing"
                        + " does not support");
    }

    private static String failure(byte[] sent) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", webSocket(), receive(""));
                TestClient client = TestClient.connect(server)) {
            client.send(sent);
            return Reports.of(server);
        }
    }

    @Test
    void isRefusedWhereItCannotBe() {
        assertThatThrownBy(() -> FakeServer.start("udp:", webSocket()))
                .hasMessage("over udp, @websocket needs a stream: only a connection can be upgraded from HTTP");
        assertThatThrownBy(() -> Framing.webSocket().frame(new byte[0]))
                .hasMessage("the message is empty; it must begin with the first byte of a WebSocket frame, such as 81"
                        + " for text");
    }
}
