package io.socketharness;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expect;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.reply;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.assertj.SocketAssertions;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.Program;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DtlsServerTest {

    @Test
    void recordsDecryptedData() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expectLine("PING"), sendLine("PONG"));
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.send("PING").receive()).isEqualTo("PONG");
            server.verify();

            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.receivedText()).isEqualTo("PING");
            assertThat(exchange.sentText()).isEqualTo("PONG");
            assertThat(exchange.handshake().orElseThrow().protocol()).isEqualTo("DTLSv1.2");
        }
    }

    @Test
    void greetsFirst() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", sendLine("hello"), expectLine("PING"), reply(m -> m));
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.receive()).isEqualTo("hello");
            assertThat(client.send("PING").send("a").receive()).isEqualTo("a");
            server.verify();
        }
    }

    @Test
    void servesManyClientsAtOnce() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", echo())) {
            List<FutureTask<String>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String text = "client " + i;
                FutureTask<String> answer = new FutureTask<>(() -> {
                    try (DtlsClient client = DtlsClient.connect(server)) {
                        return client.send(text).receive();
                    }
                });
                answers.add(answer);
                new Thread(answer).start();
            }
            for (int i = 0; i < 10; i++) {
                assertThat(answers.get(i).get()).isEqualTo("client " + i);
            }
            server.verify();
            assertThat(server.recording().exchanges()).hasSize(10);
        }
    }

    @Test
    void survivesLostDatagramsOfTheHandshake() throws Exception {
        for (int lost = 0; lost < 5; lost++) {
            int number = lost;
            try (FakeServer server = FakeServer.start("dtls:?timeout=20s", echo());
                    DtlsClient client = DtlsClient.connect(server, n -> n == number)) {
                assertThat(client.send("a").receive()).isEqualTo("a");
                server.verify();
            }
        }
    }

    @Test
    void survivesThatItsOwnDatagramsOfTheHandshakeAreLost() throws Exception {
        int all = 1;
        for (int lost = 0; lost < all; lost++) {
            int number = lost;
            try (FakeServer server = FakeServer.start("dtls:?timeout=20s", echo());
                    DtlsClient client = DtlsClient.connectMissing(server, n -> n == number)) {
                all = Math.max(all, client.received() - 1);
                assertThat(client.send("a").receive()).isEqualTo("a");
                server.verify();
            }
        }
        assertThat(all).isGreaterThan(4); // HelloVerifyRequest, the hello and what follows it, the last flight
    }

    @Test
    void theClientsEndIsRecordedAndAnotherHelloFromItsAddressBeginsAnew() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", echo())) {
            DtlsClient.connect(server).close();
            server.recording().awaitExchange(0).awaitEnd();
            server.verify();
            assertThat(server.recording().toString()).contains("TLS established: DTLSv1.2", "closed by the client");
        }
    }

    @Test
    void theClientIsInformedOfTheServersEnd() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expectLine("QUIT"), close());
                DtlsClient client = DtlsClient.connect(server)) {
            assertThat(client.send("QUIT").receive()).isEmpty();
            server.verify();
        }
    }

    @Test
    void anAcceptedSessionIsTheTests() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:")) {
            FutureTask<String> answer = new FutureTask<>(() -> {
                try (DtlsClient client = DtlsClient.connect(server)) {
                    return client.send("time?").receive();
                }
            });
            new Thread(answer).start();
            Connection connection = server.accept();
            assertThat(connection.receiveDatagram()).asString().isEqualTo("time?");
            connection.send("12:00");
            assertThat(answer.get()).isEqualTo("12:00");
        }
    }

    @Test
    void reportsThatTheClientRefusedTheCertificate() {
        try (FakeServer server = FakeServer.start("dtls:?certificate=self_signed", expectLine("PING"))) {
            assertThatThrownBy(() -> DtlsClient.connect(server)).hasMessageContaining("PKIX path building failed");

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("step 1 of 1 failed")
                    .hasMessageContaining("TLS failed: the client refused our certificate: ");
        }
    }

    @Test
    void reportsThatTheClientDidNotSendDtls() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expectLine("PING"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("PING");

            assertThat(Reports.of(server)).startsWith("""
                            dtls://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              TLS failed: the client did not send DTLS, but PING

                              Does the client use DTLS? If it should send plain datagrams, use the transport udp.

                            """);
        }
    }

    @Test
    void givesUpAHandshakeThatStands() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:?timeout=300ms", expectLine("PING"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send(new byte[] {22, -2, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 1, 0, 0, 90, 0, 0, 0, 0});

            SocketAssertions.assertThat(server)
                    .connection(0)
                    .within(Duration.ofSeconds(20))
                    .failedTls("the client did not continue the handshake within 300 ms");
        }
    }

    @Test
    void aDatagramThatFitsIntoNoRecordIsRefused() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expectLine("PING"), sendLine("x".repeat(20_000)));
                DtlsClient client = DtlsClient.connect(server)) {
            client.send("PING");
            server.recording().awaitReceived("PING");
            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "connection 0: step 2 of 2 failed",
                            "could not be sent: Message too long: 20000 bytes, but this DTLS record has room for");
        }
    }

    @Test
    void hasNoConversationOfManySources() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("dtls:?conversation=one"))
                .withMessage(
                        "\"dtls:?conversation=one\": conversation ONE is for udp; over dtls each client has its own"
                                + " session");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerSpec.parse("dtls:?protocols=TLSv1.3"))
                .withMessage("\"dtls:?protocols=TLSv1.3\": TLSv1.3 is not available over dtls");
    }

    @Test
    void opensslIsAClient() throws Exception {
        try (FakeServer server = FakeServer.start("dtls:", expect("PING\n"), send("PONG\n"), close())) {
            String output = Program.run(
                    "PING\n",
                    "openssl",
                    "s_client",
                    "-dtls1_2",
                    "-quiet",
                    "-verify_return_error",
                    "-CAfile",
                    server.tls().caPemFile().toString(),
                    "-connect",
                    server.host() + ":" + server.port());
            server.verify();
            assertThat(output).contains("PONG");
        }
    }
}
