package io.socketharness;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.halfClose;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.startTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How conversations over TLS end: one side first, at once with data, in order or not. */
@Timeout(60)
class TlsClosureTest {

    private static final Behaviour AT_END = c -> assertThat(c.atEnd()).isTrue();

    @Test
    void theServerMayCloseFirstUnderTls13() throws IOException {
        try (FakeServer server = FakeServer.start("tlsv1.3:", sendLine("hi"), halfClose(), expectLine("LATE"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("hi\r\n");
            client.send("LATE\r\n");
            server.verify();
        }
    }

    @Test
    void theClientMayCloseFirstUnderTls13() throws IOException {
        try (FakeServer server = FakeServer.start("tlsv1.3:", expectLine("PING"), AT_END, sendLine("LATE"), close());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").halfClose().readToEnd()).isEqualTo("LATE\r\n");
            server.verify();
        }
    }

    /** A close_notify ends both sides there (RFC 5246, section 7.2.1). */
    @Test
    void whoeverClosesFirstEndsBothSidesUnderTls12() throws IOException {
        try (FakeServer server = FakeServer.start("tlsv1.2:", sendLine("hi"), halfClose(), discard());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("hi\r\n");
            assertThatThrownBy(() -> client.send("LATE\r\n")).isInstanceOf(SocketException.class);
            server.verify();
        }
        try (FakeServer server = FakeServer.start("tlsv1.2:", expectLine("PING"), AT_END, sendLine("LATE"), close());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").halfClose().readToEnd()).isEmpty();
            server.verify();
            assertThat(server.recording().toString())
                    .contains("6 bytes not sent: TLS is closed for sending: the client has sent its close_notify");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void nothingIsSentAfterTheServersOwnEnd(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, halfClose(), sendLine("hi"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the server has closed its side of the connection; nothing more can be sent");
            assertThat(server.recording().exchanges().get(0).has(Event.Kind.RESET_BY_CLIENT))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@tls-corrupt\nS: hi",
                "@half-close",
                "@tls-truncate",
                "@close",
                "@reset",
                "@close now",
                "@delay 1ms\n@close",
                "@eol lf\n@delay 1ms\n@reset",
                "@repeat 1\n  @close\n@end"
            })
    void everyStepWaitsForTheHandshake(String first) throws IOException {
        try (FakeServer server = FakeServer.start("tls:?strict=false", Script.parse(first));
                TestClient client = TestClient.connect(server)) {
            try {
                assertThat(client.readToEnd()).isEmpty();
            } catch (IOException corrupt) {
                assertThat(first).containsAnyOf("@tls-corrupt", "@reset");
            }
            assertThat(server.recording().exchanges().get(0).handshake()).isPresent();
        }
    }

    @Test
    void anEnqueuedCloseWaitsForTheHandshakeToo() throws IOException {
        try (FakeServer server = FakeServer.start("tls:")) {
            server.enqueue(close());
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.readToEnd()).isEmpty();
                server.verify();
            }
        }
    }

    @Test
    void aClientWithoutAHelloIsNotOutstandingWhereNothingIsExpected() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?timeout=20s", discard());
                Socket client = new Socket(server.host(), server.port())) {
            server.recording().awaitExchange(0);
            server.verify();
        }
    }

    /** It comes in one segment with data, and no FIN follows that would wake the server. */
    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void aCloseNotifyRightAfterDataIsNoticed(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, expectLine("PING"), AT_END);
                TlsClient client = new TlsClient(server)) {
            client.data("PING\r\n").closeNotify().send();
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:"})
    void dataBeforeABadRecordIsKept(String url) throws IOException {
        for (byte[] bad : new byte[][] {
            "QUIT now\r\n".getBytes(StandardCharsets.US_ASCII), {23, 3, 3, -1, -1}, {23, 3, 3, 0, 3, 1, 2, 3}
        }) {
            try (FakeServer server = FakeServer.start(url, discard());
                    TlsClient client = new TlsClient(server)) {
                client.data("PING\r\n").raw(bad).send();
                Exchange exchange = server.recording().awaitExchange(0).awaitEnd();
                assertThat(exchange.receivedText()).isEqualTo("PING\r\n");
                assertThat(exchange.toString()).contains("TLS failed: the client sent a record that cannot be read: ");
            }
        }
    }

    @RepeatedTest(5)
    void dataBeforeAResetIsKept() throws IOException {
        for (String url : new String[] {"tlsv1.2:", "tlsv1.3:"}) {
            try (FakeServer server = FakeServer.start(url, discard())) {
                TlsClient client = new TlsClient(server);
                client.data("PING\r\n").send();
                client.reset();
                Exchange exchange = server.recording().awaitExchange(0).awaitEnd();
                assertThat(exchange.receivedText()).as(exchange.toString()).isEqualTo("PING\r\n");
            }
        }
    }

    @Test
    void aResetInTheMiddleOfAHandshakeIsItsReason() throws Exception {
        try (FakeServer server = FakeServer.start("tls:", expectLine("PING"))) {
            TestClient client = TestClient.connectPlain(server).send(TlsBadInputTest.hello());
            assertThat(client.readBytes(1)).containsExactly(22);
            client.reset();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("TLS failed: the client reset the connection in the middle");
        }
    }

    @Test
    void whoLeavesInPlaceOfTheHelloFailsTheStep() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("STARTTLS"), startTls())) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("STARTTLS\r\n");
            }
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("step 2 of 2 failed")
                    .hasMessageContaining("the client closed the connection while the server waited for the TLS hello");
        }
    }

    /** The JDK's clients may ask for it, and its servers grant it. */
    @Test
    void aClientMayNegotiateAgainUnderTls12() throws IOException {
        try (FakeServer server = FakeServer.start("tlsv1.2:", expectLine("a"), sendLine("b"), expectLine("c"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\r\n").readLine()).isEqualTo("b\r\n");
            client.handshake().send("c\r\n");
            server.verify();
        }
    }
}
