package io.socketharness;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.startTls;
import static io.socketharness.script.Behaviours.tlsAlert;
import static io.socketharness.script.Behaviours.tlsFlight;
import static io.socketharness.script.Behaviours.tlsHello;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import io.socketharness.testing.TestClient;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.TlsAlert;
import io.socketharness.tls.TlsSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS that goes wrong on purpose, as clients report it. */
@Timeout(60)
class TlsFaultsTest {

    private static final String PAGE = """
            @frame until \\r\\n\\r\\n
            @receive request
            @frame none
            """;

    @Test
    void overTlsAStepAboutTheHandshakeComesFirst() {
        assertThatThrownBy(() -> FakeServer.start("tls:", sendLine("hi"), startTls()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("over tls, @starttls must be the first step: the connection is encrypted before any"
                        + " other step; for a protocol that begins in clear, use the transport tcp");
        assertThatThrownBy(() -> FakeServer.start("tls:", Script.parse("@repeat 2\nC: a\n@tls-hello\n@end")))
                .hasMessage("over tls, @tls-hello must be the first step: the connection is encrypted before any"
                        + " other step; for a protocol that begins in clear, use the transport tcp");
    }

    @Nested
    class ToAJavaClient {

        @ParameterizedTest
        @EnumSource(names = {"HANDSHAKE_FAILURE", "PROTOCOL_VERSION", "INTERNAL_ERROR", "UNRECOGNIZED_NAME"})
        void anAlert(TlsAlert alert) throws IOException {
            try (FakeServer server = FakeServer.start("tls:", tlsAlert(alert), close())) {
                assertThatThrownBy(() -> TestClient.connect(server))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("Received fatal alert: " + alert);
                server.verify();
                assertThat(server.recording().toString()).contains("TLS alert " + alert + " sent");
            }
        }

        @Test
        void noneWhereTheClientLeavesWithoutAHello() throws IOException {
            for (Behaviour fault : new Behaviour[] {tlsHello(), tlsFlight(100), tlsAlert(TlsAlert.INTERNAL_ERROR)}) {
                try (FakeServer server = FakeServer.start("tls:?timeout=300ms", fault, close())) {
                    Socket client = new Socket(server.host(), server.port());
                    client.shutdownOutput();
                    assertThat(client.getInputStream().readAllBytes()).isEmpty();
                    assertThatThrownBy(server::verify)
                            .hasMessageContaining("step 1 of 2 failed\n\n  the client closed the connection while the"
                                    + " server waited for the TLS hello\n");
                    client.close();
                }
            }
        }

        @Test
        void aHandshakeThatIsCutOff() throws IOException {
            try (FakeServer server = FakeServer.start("tls:", tlsHello(), close())) {
                assertThatThrownBy(() -> TestClient.connect(server))
                        .isInstanceOfAny(SSLHandshakeException.class, EOFException.class);
                server.verify();
                assertThat(server.recording().toString()).contains("TLS hello offers TLSv1.3 TLSv1.2");
            }
        }

        @Test
        void aHandshakeThatStallsBeforeOrInTheServersFlight() throws IOException {
            for (Behaviour begin : new Behaviour[] {tlsHello(), tlsFlight(40)}) {
                try (FakeServer server = FakeServer.start("tls:", begin, io.socketharness.script.Behaviours.stall())) {
                    SSLSocket client = (SSLSocket)
                            server.tls().clientContext().getSocketFactory().createSocket(server.host(), server.port());
                    client.setSoTimeout(300);
                    assertThatThrownBy(client::startHandshake)
                            .isInstanceOfAny(SocketTimeoutException.class, SSLException.class);
                    client.close();
                }
            }
        }

        @Test
        void plainTextInPlaceOfTheHandshake() throws IOException {
            try (FakeServer server =
                    FakeServer.start("tls:", tlsHello(), sendLine("HTTP/1.1 400 Bad Request"), close())) {
                assertThatThrownBy(() -> TestClient.connect(server))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("Unsupported or unrecognized SSL message");
                server.verify();
                assertThat(server.recording().exchanges().get(0).sentText()).startsWith("HTTP/1.1 400");
            }
        }

        @Test
        void aHandshakeThatIsLaterThanAClientMayBe() throws IOException {
            try (FakeServer server = FakeServer.start(
                            "tls:?timeout=2s",
                            tlsHello(),
                            io.socketharness.script.Behaviours.delay(Duration.ofMillis(2100)),
                            startTls(),
                            sendLine("hello"));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.readLine()).isEqualTo("hello\r\n");
                server.verify();
            }
        }

        @Test
        void aCorruptRecord() throws IOException {
            try (FakeServer server = FakeServer.start("tls:", Script.parse("C: PING\n@tls-corrupt\nS: PONG"));
                    TestClient client = TestClient.connect(server)) {
                client.send("PING\r\n");
                assertThatThrownBy(client::readLine).isInstanceOf(SSLException.class);
                server.recording().exchanges().get(0).awaitEnd();
                assertThat(server.recording().toString())
                        .contains("TLS: the next record is corrupt", "the client sent the alert bad_record_mac");
            }
        }

        @Test
        void anEndWithoutACloseNotify() throws IOException {
            try (FakeServer server = FakeServer.start("tls:", Script.parse("C: PING\nS: PONG\n@tls-truncate"));
                    TestClient client = TestClient.connect(server)) {
                assertThat(client.send("PING\r\n").readToEnd()).isEqualTo("PONG\r\n");
                server.verify();
                assertThat(server.recording().toString()).contains("half-closed by the server, without a close_notify");
            }
        }

        @Test
        void anAlertCannotBeSentWhenTlsIsEstablished() throws IOException {
            try (FakeServer server = FakeServer.start("tcp:", startTls(), tlsAlert(TlsAlert.INTERNAL_ERROR), close());
                    TestClient client = TestClient.connect(server)) {
                client.startTls(server);
                assertThatThrownBy(server::verify)
                        .hasMessageContaining(
                                "the alert internal_error cannot be sent after TLS is established, because"
                                        + " the JDK cannot encrypt a chosen alert");
            }
        }
    }

    @Nested
    class ToCurl {

        @ParameterizedTest
        @CsvSource({
            "VALID, (52) Empty reply",
            "EXPIRED, certificate has expired",
            "NOT_YET_VALID, certificate is not yet valid",
            "WRONG_HOST, no alternative certificate subject name matches",
            "SELF_SIGNED, self-signed certificate",
            "UNKNOWN_AUTHORITY, self-signed certificate in certificate chain",
            "MISSING_INTERMEDIATE, unable to get local issuer certificate",
            "KEY_MISMATCH, bad signature",
        })
        void aCertificate(CertificateKind kind, String complaint) throws Exception {
            TlsSettings settings = TlsSettings.builder().certificate(kind).build();
            ServerSpec spec =
                    ServerSpec.builder("tls").host("localhost").tls(settings).build();
            try (FakeServer server = FakeServer.start(spec, Script.parse(PAGE + "@close"))) {
                assertThat(curl(server)).contains(complaint);
                if (kind != CertificateKind.VALID && kind != CertificateKind.WRONG_HOST) {
                    Exchange exchange = server.recording().exchanges().get(0);
                    exchange.awaitEnd();
                    assertThat(exchange.toString())
                            .containsPattern("TLS failed: the client refused (our certificate|the handshake): \\w+");
                }
            }
        }

        @ParameterizedTest
        @CsvSource({
            "@tls-alert handshake_failure | handshake failure",
            "@tls-alert protocol_version  | alert protocol version",
            "@tls-alert unrecognized_name | unrecognized name",
            "@tls-hello;S! 00 01 02 03 04 05 06 07 | wrong version number",
            "@tls-hello                   | (35)",
            "@tls-flight 200              | (35)",
        })
        void aHandshake(String both) throws Exception {
            String[] parts = both.split("\\|");
            Script script = Script.parse(parts[0].strip().replace(";", "\n") + "\n@close\n");
            try (FakeServer server = FakeServer.start("tls://localhost:0", script)) {
                assertThat(curl(server)).contains(parts[1].strip());
                server.verify();
            }
        }

        @Test
        void aCorruptRecord() throws Exception {
            try (FakeServer server = FakeServer.start(
                    "tls://localhost:0", Script.parse(PAGE + "@tls-corrupt\nS: HTTP/1.1 204 No Content\nS:\n@close"))) {
                assertThat(curl(server)).contains("bad record mac");
            }
        }

        @Test
        void anEndWithoutACloseNotify() throws Exception {
            try (FakeServer server = FakeServer.start(
                    "tls://localhost:0",
                    Script.parse(PAGE + "S: HTTP/1.1 200 OK\nS: Content-Length: 10\nS:\nS< part\n@tls-truncate"))) {
                assertThat(curl(server)).containsAnyOf("unexpected eof", "transfer closed with 6 bytes remaining");
            }
        }

        @Test
        void aProtocolThatItDoesNotSpeak() throws Exception {
            try (FakeServer server = FakeServer.start("tlsv1.2://localhost:0", expectLine("GET"))) {
                assertThat(curl(server, "--tlsv1.3")).contains("protocol version");
                assertThatThrownBy(server::verify)
                        .hasMessageContaining("TLS failed: the server refused the handshake: the client offers TLSv1.3,"
                                + " and the server speaks TLSv1.2");
            }
        }

        @Test
        void anApplicationProtocolThatItDoesNotSpeak() throws Exception {
            TlsSettings settings =
                    TlsSettings.builder().applicationProtocols("mqtt").build();
            ServerSpec spec =
                    ServerSpec.builder("tls").host("localhost").tls(settings).build();
            try (FakeServer server = FakeServer.start(spec, send("x"))) {
                assertThat(curl(server)).contains("no application protocol");
                assertThatThrownBy(server::verify)
                        .hasMessageContaining("client and server have no application protocol in common;");
            }
        }

        private static String curl(FakeServer server, String... more) throws Exception {
            String[] command = {
                "curl",
                "-sS",
                "--max-time",
                "10",
                "--cacert",
                server.tls().caPemFile().toString(),
                "https://localhost:" + server.port() + "/"
            };
            String[] whole = java.util.Arrays.copyOf(command, command.length + more.length);
            System.arraycopy(more, 0, whole, command.length, more.length);
            return Program.run("", whole);
        }
    }
}
