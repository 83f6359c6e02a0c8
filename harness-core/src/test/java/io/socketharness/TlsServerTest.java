package io.socketharness;

import static io.socketharness.script.Behaviours.broadcast;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Handshake;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import io.socketharness.testing.ServerThreads;
import io.socketharness.testing.TestClient;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.HeldCertificate;
import io.socketharness.tls.TlsSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsServerTest {

    @Test
    void recordsWhatWasNegotiated() throws IOException {
        try (FakeServer server = FakeServer.start("tls://localhost:0", expectLine("PING"), sendLine("PONG"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readLine()).isEqualTo("PONG\r\n");
            server.verify();

            Exchange exchange = server.recording().exchanges().get(0);
            Handshake handshake = exchange.handshake().orElseThrow();
            assertThat(handshake.protocol()).isEqualTo("TLSv1.3");
            assertThat(handshake.cipherSuite()).startsWith("TLS_");
            assertThat(handshake.serverName()).isEmpty();
            assertThat(handshake.applicationProtocol()).isEmpty();
            assertThat(handshake.clientCertificates()).isEmpty();
            assertThat(exchange.events())
                    .extracting(Event::kind)
                    .startsWith(Event.Kind.OPENED, Event.Kind.TLS_ESTABLISHED, Event.Kind.RECEIVED, Event.Kind.SENT);
            assertThat(exchange.receivedText()).isEqualTo("PING\r\n");
        }
    }

    @Test
    void handsOutTrustAsManagerAndStore() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create();
        HeldCertificate own = authority.issue("localhost");
        handsOut(authority.root(), TlsSettings.builder().authority(authority));
        handsOut(own.certificate(), TlsSettings.builder().certificate(own));
    }

    private static void handsOut(X509Certificate trusted, TlsSettings.Builder settings) throws Exception {
        ServerSpec spec =
                ServerSpec.builder(Transport.TLS).tls(settings.build()).build();
        try (FakeServer server = FakeServer.start(spec)) {
            assertThat(server.tls().trustManager().getAcceptedIssuers()).containsExactly(trusted);
            KeyStore store = server.tls().trustStore();
            assertThat(store.size()).isEqualTo(1);
            assertThat(store.getCertificate(store.aliases().nextElement())).isEqualTo(trusted);
        }
    }

    @Test
    void carriesMoreThanARecordBothWays() throws IOException {
        String megabyte = "x".repeat(1 << 20);
        try (FakeServer server = FakeServer.start("tls:", echo());
                TestClient client = TestClient.connect(server)) {
            Thread sender = new Thread(() -> {
                try {
                    client.send(megabyte);
                } catch (IOException gone) {
                    throw new IllegalStateException(gone);
                }
            });
            sender.start();
            assertThat(client.read(1 << 20)).isEqualTo(megabyte);
        }
    }

    @Test
    void aConnectionThatIsOlderThanTheTimeoutRestsAsAnyOther() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?timeout=1s", echo());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("x").read(1)).isEqualTo("x");
            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(exchange.await(Exchange::isEnded, Duration.ofMillis(1100)))
                    .isFalse();
            assertThat(client.send("y").read(1)).isEqualTo("y");

            Duration before = ServerThreads.cpuTime(server);
            assertThat(exchange.await(Exchange::isEnded, Duration.ofMillis(500)))
                    .isFalse();
            assertThat(ServerThreads.cpuTime(server).minus(before)).isLessThan(Duration.ofMillis(100));
        }
    }

    @Test
    void sendsNothingInClearToAClientThatLeavesWithoutAHello() throws IOException {
        Behaviour own = c -> c.sendLine("secret");
        for (Behaviour sends : new Behaviour[] {sendLine("secret"), own, broadcast("secret")}) {
            try (FakeServer server = FakeServer.start("tls:?timeout=300ms", sends, expectLine("a"));
                    Socket client = connectInClear(server)) {
                client.shutdownOutput();
                Exchange exchange = server.recording().awaitExchange(0).awaitEnd();
                server.broadcast("secret");
                assertThatThrownBy(server::verify).isInstanceOf(AssertionError.class);
                server.close();
                assertThat(client.getInputStream().readAllBytes()).isEmpty();
                assertThat(exchange.sent().isEmpty()).isTrue();
            }
        }
    }

    /** The certificate is there before: to make it takes its time when it is the JVM's first. */
    private static Socket connectInClear(FakeServer server) throws IOException {
        server.tls().certificate();
        return new Socket(server.host(), server.port());
    }

    @Test
    void aProbeGivesItsScriptBackWhateverItBeginsWith() throws IOException {
        for (String script : List.of("S: hi", "@tls-truncate", "C: a\nS: b")) {
            for (boolean before : new boolean[] {true, false}) {
                try (FakeServer server = FakeServer.start("tls:?timeout=2s")) {
                    if (before) {
                        server.enqueue(Script.parse(script));
                    }
                    connectInClear(server).close();
                    server.recording().awaitExchange(0).awaitEnd();
                    if (!before) {
                        server.enqueue(Script.parse(script));
                    }
                    try (TestClient client = TestClient.connect(server)) {
                        client.send(script.startsWith("C: a") ? "a\n" : "");
                        assertThat(client.halfClose().readToEnd())
                                .as(script)
                                .isEqualTo(script.contains("hi") ? "hi\r\n" : script.contains("b") ? "b\r\n" : "");
                    }
                    server.verify();
                }
            }
        }
    }

    @Test
    void aClientThatLeavesWithoutAHelloHasRunNoScript() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?timeout=300ms", sendLine("secret"), close())) {
            connectInClear(server).close();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "step 1 of 2 failed\n\n  the client closed the connection without a TLS hello\n");
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.readLine()).isEqualTo("secret\r\n");
            }
            server.verify();
        }
    }

    @Test
    void saysSoTooWhereTheServerIsToReceiveFirst() throws IOException {
        try (FakeServer server = FakeServer.start("tls:", expectLine("PING"))) {
            connectInClear(server).close();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "step 1 of 1 failed\n\n  the client closed the connection without a TLS hello\n");
        }
        try (FakeServer server = FakeServer.start("tls:")) {
            connectInClear(server).close();
            Connection connection = server.accept();
            assertThatThrownBy(connection::receiveLine)
                    .isInstanceOf(EndOfInput.class)
                    .hasMessageContaining(", connection 0: the client closed the connection without a TLS hello\n");
        }
    }

    @Test
    void reportsThatAClientDoesNotBeginTls() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?timeout=300ms", sendLine("220 hello"), expectLine("EHLO"));
                Socket client = connectInClear(server)) {
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            ", connection 0: step 1 of 2 failed\n\n  the client has not sent a TLS hello within 300"
                                    + " ms\n");
            client.getOutputStream().write(new byte[] {22, 3});
            assertThat(server.recording().exchanges().get(0).received().isEmpty())
                    .isTrue();
        }
    }

    @Test
    void aClientThatCompletedItsHandshakeIsNotAProbe() throws IOException {
        try (FakeServer server = FakeServer.start("tls:")) {
            server.enqueue(sendLine("hello"));
            TestClient first = TestClient.connect(server);
            assertThat(first.readLine()).isEqualTo("hello\r\n");
            TestClient second = TestClient.connect(server);
            second.close();
            server.recording().awaitExchange(1).awaitEnd();
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(", connection 1: the client connected again, but its only script was used");
            first.close();
        }
    }

    @Test
    void greetsFirst() throws IOException {
        try (FakeServer server = FakeServer.start("tls:", sendLine("220 hello"), close());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("220 hello\r\n");
            server.verify();
        }
    }

    @Test
    void speaksTheVersionOfTheTransportsName() throws IOException {
        try (FakeServer server = FakeServer.start("tlsv1.2:", echo());
                TestClient client = TestClient.connect(server)) {
            client.send("a").read(1);
            assertThat(server.recording()
                            .exchanges()
                            .get(0)
                            .handshake()
                            .orElseThrow()
                            .protocol())
                    .isEqualTo("TLSv1.2");
        }
    }

    @Test
    void reportsThatTheClientRefusedTheCertificate() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?certificate=expired", expectLine("PING"))) {
            assertThatThrownBy(() -> TestClient.connect(server)).isInstanceOf(SSLException.class);

            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("step 1 of 1 failed")
                    .hasMessageContaining("TLS failed: the client refused our certificate: certificate_");
        }
    }

    @Test
    void aRefusedCertificateIsNotAFailureWithoutOutstandingSteps() throws IOException {
        try (FakeServer server = FakeServer.start("tls:?certificate=" + CertificateKind.UNKNOWN_AUTHORITY)) {
            assertThatThrownBy(() -> TestClient.connect(server)).isInstanceOf(SSLException.class);
            server.recording().awaitExchange(0).awaitEnd();
            server.verify();
        }
    }

    @Test
    void reportsThatTheClientDidNotSendTls() throws IOException {
        try (FakeServer server = FakeServer.start("tls:", expectLine("PING"));
                java.net.Socket plain = new java.net.Socket(server.host(), server.port())) {
            plain.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(plain.getInputStream().readAllBytes()).isEmpty();

            assertThat(Reports.of(server)).startsWith("""
                            tls://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              TLS failed: the client did not send TLS, but PING\\r\\n

                              Does the client use TLS, such as https? If it should send plain text, use the transport tcp, without @starttls.

                            """);
        }
    }

    @Test
    void asksForClientCertificates() throws IOException {
        TlsSettings settings = TlsSettings.builder()
                .clientCertificate(ClientCertificate.NEEDED)
                .build();
        ServerSpec spec = ServerSpec.builder("tls").tls(settings).build();
        try (FakeServer server = FakeServer.start(spec, echo())) {
            try (TestClient client = TestClient.connectTls(
                    server, server.tls().clientContext(server.tls().issueClientCertificate("CN=anna")))) {
                client.send("a").read(1);
                assertThat(server.recording()
                                .exchanges()
                                .get(0)
                                .handshake()
                                .orElseThrow()
                                .clientCertificates()
                                .get(0)
                                .getSubjectX500Principal())
                        .hasToString("CN=anna");
            }
            assertThatThrownBy(() -> TestClient.connect(server).send("a").read(1))
                    .isInstanceOf(SSLException.class)
                    .hasMessageMatching(".*Received fatal alert: (bad_certificate|certificate_required)");
            assertThat(server.recording().awaitExchange(1).awaitEnd().toString())
                    .contains("the server refused the handshake: the client sent no certificate, but one is required");
        }
    }

    @Test
    void servesTheCertificateOfTheNameThatIsAskedFor() throws IOException {
        CertificateAuthority authority = CertificateAuthority.shared();
        HeldCertificate mail = authority.issue("mail.test");
        HeldCertificate any = authority.issue("*.example.test");
        TlsSettings settings = TlsSettings.builder()
                .serverName("mail.test", mail)
                .serverName("*.example.test", any)
                .build();
        ServerSpec spec = ServerSpec.builder("tls").tls(settings).build();
        try (FakeServer server = FakeServer.start(spec, echo())) {
            assertThat(shown(server, "mail.test")).isEqualTo(mail.certificate());
            assertThat(shown(server, "www.example.test")).isEqualTo(any.certificate());
            assertThat(shown(server, "other.test"))
                    .isEqualTo(server.tls().certificate().certificate());
            assertThat(server.recording()
                            .exchanges()
                            .get(0)
                            .handshake()
                            .orElseThrow()
                            .serverName())
                    .contains("mail.test");
        }
    }

    private static Certificate shown(FakeServer server, String name) throws IOException {
        try (SSLSocket socket = (SSLSocket)
                server.tls().clientContext().getSocketFactory().createSocket(server.host(), server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write('a');
            assertThat(socket.getInputStream().read()).isEqualTo('a');
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
