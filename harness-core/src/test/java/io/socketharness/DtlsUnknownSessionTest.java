package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.network.NetworkConditions;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.TestClient;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server discards a record of a session that it does not know (RFC 6347, section 4.1.2.7): that changes no verdict. */
@Timeout(60)
class DtlsUnknownSessionTest {

    private static final byte[] RECORD = record("17 fefd 0001");

    @ParameterizedTest
    @CsvSource({
        "17 fefd 0001, application data of epoch 1",
        "17 fefd 0000, application data of epoch 0",
        "15 fefd 0001, alert of epoch 1",
        "16 fefd 0002, handshake of epoch 2",
        "14 feff 0000, change of cipher of epoch 0"
    })
    void isRecorded(String header, String described) throws Exception {
        try (FakeServer server = FakeServer.start("dtls:");
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send(record(header));

            assertThat(discarded(server).events().get(1).detail())
                    .isEqualTo("DTLS record discarded: " + described
                            + ", 29 bytes; the server has no session with this client");
            server.verify();
        }
    }

    @Test
    void passesNetworkThatBeginsAfterwards() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:");
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send(RECORD);
            Exchange exchange = discarded(server);

            server.network(NetworkConditions.loss(1).toServer());
            client.send(RECORD);

            assertThat(exchange.await(one -> one.toString().contains("(lost)"), Duration.ofSeconds(20)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@forever\nC! 01\n@end", "C! 01", "S! 01"})
    void runsNoScript(String script) throws Exception {
        try (FakeServer server = FakeServer.start("dtls:?timeout=100ms&strict=false", Script.parse(script));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send(RECORD);
            String atOnce = String.valueOf(catchThrowable(server::verify).getMessage());

            assertThat(atOnce)
                    .startsWith(server.uri() + ": the script was not used within 100 ms: no client began a"
                            + " session. If it need not run, set optional = true.\n\n    "
                            + script.replace("\n", "\n    ").replace("    C! 01\n", "      C! 01\n"));
            assertThat(atOnce)
                    .contains("  DTLS record discarded: application data of epoch 1, 29 bytes; the server has no"
                            + " session with this client");
            Exchange exchange = discarded(server);
            assertThat(exchange.has(Event.Kind.TLS_FAILED)).isFalse();
            assertThatThrownBy(server::verify).hasMessage(atOnce);
        }
    }

    @Test
    void takesNoScriptFromTheClientThatComesNext() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:");
                TestClient.Udp other = TestClient.Udp.connect(server)) {
            server.enqueue(expectLine("PING"), sendLine("PONG"));
            other.send(RECORD);
            discarded(server);
            try (DtlsClient client = DtlsClient.connect(server)) {
                assertThat(client.send("PING").receive()).isEqualTo("PONG");
                server.verify();
            }
        }
    }

    @Test
    void isNotAccepted() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:");
                TestClient.Udp other = TestClient.Udp.connect(server)) {
            other.send(RECORD);
            discarded(server);
            try (DtlsClient client = DtlsClient.connect(server)) {
                client.send("PING");
                Connection accepted = server.accept();
                assertThat(accepted.receiveDatagram()).asString().isEqualTo("PING");
            }
        }
    }

    @Test
    void aHelloFromItsAddressBeginsASession() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", echo());
                DtlsClient client = DtlsClient.connectAfter(server, RECORD)) {
            assertThat(client.send("a").receive()).isEqualTo("a");
            server.verify();

            assertThat(server.recording().exchanges()).hasSize(1);
            assertThat(server.recording().exchanges().get(0).events().stream().map(Event::kind))
                    .startsWith(Event.Kind.OPENED, Event.Kind.DISCARDED, Event.Kind.TLS_ESTABLISHED);
        }
    }

    private static Exchange discarded(FakeServer server) {
        Exchange exchange = server.recording().awaitExchange(0);
        assertThat(exchange.await(e -> e.has(Event.Kind.DISCARDED), Duration.ofSeconds(20)))
                .isTrue();
        return exchange;
    }

    /** A whole record of 16 bytes that nobody can read. */
    private static byte[] record(String header) {
        return HexFormat.of().parseHex(header.replace(" ", "") + "000000000005" + "0010" + "ab".repeat(16));
    }
}
