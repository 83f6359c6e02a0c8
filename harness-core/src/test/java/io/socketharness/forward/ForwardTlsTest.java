package io.socketharness.forward;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forwardTo;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.startTls;
import static io.socketharness.script.Behaviours.tlsTruncate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.HeldCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trust in a real server that uses TLS, and TLS that begins in the middle of a forwarded connection. */
@Timeout(60)
class ForwardTlsTest {

    private static final CertificateAuthority STRANGER = CertificateAuthority.create();

    private static FakeServer stranger() {
        return FakeServer.start(
                ServerSpec.builder("tls").tls(tls -> tls.authority(STRANGER)).build(),
                expectLine("PING"),
                sendLine("PONG"));
    }

    private static void assertPasses(String url) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", forwardTo(url));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readLine().strip()).isEqualTo("PONG");
            server.verify();
        }
    }

    @Test
    void anUnknownAuthorityIsNotTrusted() throws IOException {
        try (FakeServer real = stranger();
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(real.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);

            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "the real server " + real.uri() + " cannot be reached: its certificate is not trusted: ")
                    .hasMessageContaining(
                            "; add ?trust=FILE with the certificate of its authority in PEM, or ?trust=any");
        }
    }

    @Test
    void anyCertificateIsTrustedOnRequest() throws IOException {
        try (FakeServer real = stranger()) {
            assertPasses(real.uri() + "?trust=any");
        }
    }

    @Test
    void anAuthorityInAFileIsTrusted() throws IOException {
        try (FakeServer real = stranger()) {
            assertPasses(real.uri() + "?trust=" + STRANGER.pemFile());
        }
    }

    @Test
    void theSystemDoesNotTrustTheSharedAuthority() throws IOException {
        try (FakeServer real = FakeServer.start("tls:");
                FakeServer server = FakeServer.start("tcp:", forwardTo(real.uri() + "?trust=system"));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            assertThatThrownBy(server::verify).hasMessageContaining("its certificate is not trusted");
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        try (FakeServer real = stranger();
                FakeServer server = FakeServer.start("tcp:", forwardTo(real.uri() + "?trust=/no/such.pem"));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("trust=/no/such.pem: no file with certificates in PEM can be read there");
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() throws IOException {
        try (FakeServer real = FakeServer.start(ServerSpec.builder("tls")
                        .tls(tls -> tls.certificate(CertificateKind.WRONG_HOST))
                        .build());
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(real.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            assertThatThrownBy(server::verify).hasMessageContaining("its certificate is not trusted");
        }
    }

    @Test
    void aRealServerWithoutTlsIsNamed() throws IOException {
        try (FakeServer real = FakeServer.start("tcp:", sendLine("220 hello"));
                FakeServer server = FakeServer.start("tcp:", forwardTo("tls://localhost:" + real.port()));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the real server tls://localhost:" + real.port() + " cannot be reached: ")
                    .hasMessageContaining("cannot be reached: the TLS handshake failed: ");
        }
    }

    @Test
    void aRealServerThatDoesNotAnswerTheHandshakeIsNamed() throws IOException {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server =
                        FakeServer.start("tcp:?timeout=300ms", forwardTo("tls://localhost:" + real.getLocalPort()));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("cannot be reached: no answer to the TLS handshake within 300ms");
        }
    }

    @Test
    void closeEndsAHandshakeThatIsNotAnswered() throws IOException {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server =
                        FakeServer.start("tcp:?timeout=30s", forwardTo("tls://localhost:" + real.getLocalPort()));
                TestClient client = TestClient.connect(server);
                Socket accepted = real.accept()) {
            accepted.setSoTimeout(10_000);
            assertThat(accepted.getInputStream().read()).isNotNegative();

            server.close();

            // the rest of the hello, and then the end of the connection instead of the timeout
            assertThat(accepted.getInputStream().readAllBytes()).isNotEmpty();
            assertThat(server.recording().awaitExchange(0).has(Event.Kind.FAILED))
                    .isFalse();
            assertThat(server.recording().awaitExchange(0).has(Event.Kind.REAL_SERVER))
                    .isFalse();
        }
    }

    @Test
    void theApplicationProtocolOfTheClientIsOffered() throws IOException {
        try (FakeServer real = FakeServer.start(
                        ServerSpec.builder("tls")
                                .tls(tls -> tls.applicationProtocols("h2", "http/1.1"))
                                .build(),
                        expectLine("PING"),
                        sendLine("PONG"));
                FakeServer server = FakeServer.start(
                        ServerSpec.builder("tls")
                                .tls(tls -> tls.applicationProtocols("h2", "http/1.1"))
                                .build(),
                        forwardTo(real.uri().toString()));
                SSLSocket socket = (SSLSocket)
                        server.tls().clientContext().getSocketFactory().createSocket(server.host(), server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write("PING\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(6)).hasSize(6);

            assertThat(real.recording()
                            .awaitExchange(0)
                            .handshake()
                            .orElseThrow()
                            .applicationProtocol())
                    .contains("http/1.1");
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsv1.2:", "tlsv1.3:", "tcp:"})
    void anEndWithoutCloseNotifyPasses(String front) throws Exception {
        try (FakeServer real = FakeServer.start("tls:", expectLine("PING"), sendLine("PONG"), tlsTruncate());
                FakeServer server = FakeServer.start(front, forwardTo(real.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readLine().strip()).isEqualTo("PONG");
            // a client of the JDK does not check the end
            assertThat(client.readToEnd()).isEmpty();
            server.recording()
                    .awaitExchange(0)
                    .await(e -> e.has(Event.Kind.HALF_CLOSED_BY_SERVER), Duration.ofSeconds(20));

            assertThat(server.recording().awaitExchange(0).events())
                    .extracting(Event::detail)
                    .contains(
                            "real server: closed its side of the connection, without a close_notify",
                            front.equals("tcp:") ? "" : "half-closed by the server, without a close_notify");
            server.verify();
        }
    }

    @Test
    void anEndOfTheClientWithoutCloseNotifyPasses() throws Exception {
        try (FakeServer real = FakeServer.start("tls:", expectLine("PING"));
                FakeServer server =
                        FakeServer.start("tls:", forwardTo(real.uri().toString()));
                Socket socket = new Socket(server.host(), server.port());
                SSLSocket secure = (SSLSocket) server.tls()
                        .clientContext()
                        .getSocketFactory()
                        .createSocket(socket, server.host(), server.port(), false)) {
            secure.getOutputStream().write("PING\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            real.recording()
                    .awaitExchange(0)
                    .await(e -> e.has(Event.Kind.HALF_CLOSED_BY_CLIENT), Duration.ofSeconds(20));

            assertThat(real.recording().awaitExchange(0).events())
                    .extracting(Event::detail)
                    .anyMatch(end -> end.endsWith("closed by the client, without a close_notify"));
            server.verify();
            real.verify();
        }
    }

    private static FakeServer mail(String answer) {
        return answer.startsWith("220")
                ? FakeServer.start(
                        "tcp:",
                        sendLine("220 mail"),
                        expectLine("EHLO x"),
                        sendLine("250-mail"),
                        sendLine("250 STARTTLS"),
                        expectLine("STARTTLS"),
                        sendLine(answer),
                        startTls(),
                        expectLine("EHLO y"),
                        sendLine("250 mail"),
                        expectLine("QUIT"))
                : FakeServer.start(
                        "tcp:",
                        sendLine("220 mail"),
                        expectLine("EHLO x"),
                        sendLine("250-mail"),
                        sendLine("250 STARTTLS"),
                        expectLine("STARTTLS"),
                        sendLine(answer),
                        expectLine("EHLO y"),
                        sendLine("250 mail"),
                        expectLine("QUIT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "\"STARTTLS\" \"220 .*\""})
    void bothSidesBeginTls(String how) throws IOException {
        try (FakeServer real = mail("220 go");
                FakeServer server = FakeServer.start(ServerSpec.builder("tcp")
                        .script(Script.parse("@forward " + real.uri() + " starttls " + how))
                        .build());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine().strip()).isEqualTo("220 mail");
            client.send("EHLO x\r\n").readLine();
            client.readLine();
            assertThat(client.send("STARTTLS\r\n").readLine().strip()).isEqualTo("220 go");
            TestClient secure = client.startTls(server);
            assertThat(secure.send("EHLO y\r\n").readLine().strip()).isEqualTo("250 mail");
            secure.send("QUIT\r\n");

            real.verify();
            server.verify();
            assertThat(server.recording().awaitExchange(0).received().toString())
                    .isEqualTo("EHLO x\\r\\nSTARTTLS\\r\\nEHLO y\\r\\nQUIT\\r\\n");
            assertThat(server.recording().awaitExchange(0).has(Event.Kind.TLS_ESTABLISHED))
                    .isTrue();
            assertThat(server.recording().awaitExchange(0).events())
                    .extracting(Event::detail)
                    .anyMatch(detail -> detail.startsWith("real server: began TLS (TLSv1"));
        }
    }

    @Test
    void aRefusedRequestContinuesInClear() throws IOException {
        try (FakeServer real = mail("454 not now");
                FakeServer server = FakeServer.start(
                        "tcp:", forwardTo(real.uri().toString()).startTls("smtp"));
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("EHLO x\r\n").readLine();
            client.readLine();
            assertThat(client.send("STARTTLS\r\n").readLine().strip()).isEqualTo("454 not now");
            assertThat(client.send("EHLO y\r\n").readLine().strip()).isEqualTo("250 mail");
            client.send("QUIT\r\n");

            real.verify();
            server.verify();
        }
    }

    @Test
    void theTagOfTheAnswerIsThatOfTheRequest() throws IOException {
        try (FakeServer real = FakeServer.start(
                        "tcp:",
                        expectLine("a1 NOOP"),
                        expectLine("a2 STARTTLS"),
                        sendLine("a1 OK done"),
                        sendLine("* OK still here"),
                        sendLine("a2 OK begin TLS"),
                        startTls(),
                        expectLine("a3 NOOP"),
                        sendLine("a3 OK done"));
                FakeServer server = FakeServer.start(
                        "tcp:", forwardTo(real.uri().toString()).startTls("imap"));
                TestClient client = TestClient.connect(server)) {
            client.send("a1 NOOP\r\na2 STARTTLS\r\n");
            assertThat(client.readLine()).startsWith("a1 OK");
            assertThat(client.readLine()).startsWith("* OK");
            assertThat(client.readLine()).startsWith("a2 OK");
            assertThat(client.startTls(server).send("a3 NOOP\r\n").readLine()).startsWith("a3 OK");

            real.verify();
            server.verify();
        }
    }

    @Test
    void postgresBeginsWithABinaryRequest() throws IOException {
        byte[] request = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};
        byte[] gss = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x30};
        try (FakeServer real = FakeServer.start("tcp:", connection -> {
                    connection.receive(8);
                    connection.send("N");
                    connection.receive(8);
                    connection.send("S");
                    connection.startTls();
                    connection.receiveLine();
                    connection.sendLine("PONG");
                });
                FakeServer server = FakeServer.start(
                        "tcp:", forwardTo(real.uri().toString()).startTls("postgres"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send(gss).read(1)).isEqualTo("N");
            assertThat(client.send(request).read(1)).isEqualTo("S");
            TestClient secure = client.startTls(server);
            assertThat(secure.send("PING\r\n").readLine().strip()).isEqualTo("PONG");

            server.verify();
            real.verify();
        }
    }

    @Test
    void aRealServerThatIsNotTrustedAfterItsAnswerIsNamed() throws IOException {
        try (FakeServer real = FakeServer.start(
                        ServerSpec.builder("tcp")
                                .tls(tls -> tls.authority(STRANGER))
                                .build(),
                        expectLine("STARTTLS"),
                        sendLine("220 go"),
                        startTls());
                FakeServer server = FakeServer.start(
                        "tcp:", forwardTo(real.uri().toString()).startTls("smtp"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("STARTTLS\r\n").readLine().strip()).isEqualTo("220 go");
            server.recording().awaitExchange(0).await(e -> e.has(Event.Kind.FAILED), Duration.ofSeconds(20));

            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "TLS with the real server " + real.uri() + " failed: its certificate is not trusted: ");
        }
    }

    @RepeatedTest(50)
    void aClientThatLeavesInsteadOfBeginningTlsIsNoFailure() throws IOException {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server = FakeServer.start(
                        "tcp:",
                        forwardTo("tcp://localhost:" + real.getLocalPort()).startTls("smtp"));
                TestClient client = TestClient.connect(server);
                Socket accepted = real.accept()) {
            client.send("STARTTLS\r\n").halfClose();
            accepted.getInputStream().readAllBytes();
            accepted.getOutputStream().write("220 go\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.readToEnd().strip()).isEqualTo("220 go");
            server.verify();
        }
    }

    @RepeatedTest(10)
    void dataOfTheRealServerWaitsUntilTheClientHasBegunTls() throws IOException {
        try (FakeServer real = FakeServer.start(
                        "tcp:",
                        expectLine("STARTTLS"),
                        sendLine("220 go"),
                        startTls(),
                        sendLine("secret"),
                        expectLine("QUIT"));
                FakeServer server = FakeServer.start(
                        "tcp:", forwardTo(real.uri().toString()).startTls("smtp"));
                TestClient client = TestClient.connect(server)) {
            client.send("STARTTLS\r\n").readLine();
            real.recording()
                    .awaitExchange(0)
                    .await(e -> e.sent().toString().contains("secret"), Duration.ofSeconds(20));
            server.recording()
                    .awaitExchange(0)
                    .await(
                            e -> e.events().stream()
                                    .anyMatch(event -> event.detail().startsWith("real server: began TLS")),
                            Duration.ofSeconds(20));

            TestClient secure = client.startTls(server);
            assertThat(secure.readLine().strip()).isEqualTo("secret");
            secure.send("QUIT\r\n");
            real.verify();
            server.verify();
        }
    }

    /** The client has begun TLS, and sent data, when the real server fails. */
    @RepeatedTest(30)
    void noDataPassesInClearAfterTlsHasFailed() throws IOException {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server = FakeServer.start(
                        "tcp:",
                        forwardTo("tcp://localhost:" + real.getLocalPort()).startTls("smtp"));
                TestClient client = TestClient.connect(server);
                Socket accepted = real.accept()) {
            client.send("STARTTLS\r\n");
            accepted.getInputStream().readNBytes(10);
            accepted.getOutputStream().write("220 go\r\n".getBytes(StandardCharsets.US_ASCII));
            client.readLine();
            client.startTls(server).send("secret\r\n").halfClose();
            accepted.getOutputStream().write("454 no\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(accepted.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret");
            assertThatThrownBy(server::verify).hasMessageContaining("TLS with the real server");
        }
    }

    @Test
    void textInClearAfterTheAnswerIsRefused() throws IOException {
        try (ServerSocket real = new ServerSocket(0);
                FakeServer server = FakeServer.start(
                        "tcp:",
                        forwardTo("tcp://localhost:" + real.getLocalPort()).startTls("smtp"));
                TestClient client = TestClient.connect(server);
                Socket accepted = real.accept()) {
            client.send("STARTTLS\r\n");
            accepted.getInputStream().readNBytes(10);
            accepted.getOutputStream().write("220 go\r\n250 x\r\n".getBytes(StandardCharsets.US_ASCII));
            server.recording().awaitExchange(0).await(e -> e.has(Event.Kind.FAILED), Duration.ofSeconds(20));

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the real server sent 7 bytes in clear after its answer to starttls");
        }
    }

    @Test
    void anUnreadableCertificateFileIsNamed(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("empty.pem"), List.of());
        try (FakeServer real = stranger();
                FakeServer server = FakeServer.start("tcp:", forwardTo(real.uri() + "?trust=" + file));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            assertThatThrownBy(server::verify).hasMessageContaining("the file contains no certificate in PEM");
        }
    }

    @Test
    void aRealServerThatRequiresACertificateIsNamed() throws IOException {
        try (FakeServer real = FakeServer.start(ServerSpec.builder("tlsv1.3")
                        .tls(tls -> tls.clientCertificate(ClientCertificate.NEEDED))
                        .build());
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(real.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);

            assertThat(server.recording().awaitExchange(0).events())
                    .extracting(Event::detail)
                    .anyMatch(event -> event.startsWith("real server: ended the connection: TLS failed: "));
        }
    }

    /** TLS 1.2 has a new handshake on an established connection. */
    private static SSLServerSocket renegotiating() throws Exception {
        HeldCertificate certificate = CertificateAuthority.shared().issue("localhost");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {certificate.keyManager()}, null, null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        return socket;
    }

    @Test
    void aNewHandshakeNeedsNoDataOfTheClient() throws Exception {
        try (SSLServerSocket real = renegotiating();
                FakeServer server = FakeServer.start("tcp:", forwardTo("tls://localhost:" + real.getLocalPort()));
                TestClient client = TestClient.connect(server);
                SSLSocket accepted = (SSLSocket) real.accept()) {
            client.send("a");
            assertThat(accepted.getInputStream().read()).isEqualTo('a');
            accepted.getSession().invalidate();
            CountDownLatch done = new CountDownLatch(1);
            accepted.addHandshakeCompletedListener(event -> done.countDown());
            accepted.startHandshake();
            Thread reading = new Thread(() -> {
                try {
                    accepted.getOutputStream().write(accepted.getInputStream().read());
                } catch (IOException ended) {
                    // the client misses its answer
                }
            });
            reading.start();

            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(client.send("b").read(1)).isEqualTo("b");
            server.verify();
            reading.join();
        }
    }

    @Test
    void closeEndsAWriteDuringAHandshakeThatDoesNotContinue() throws Exception {
        try (SSLServerSocket real = renegotiating()) {
            FakeServer server = FakeServer.start("tcp:", forwardTo("tls://localhost:" + real.getLocalPort()));
            try (TestClient client = TestClient.connect(server);
                    SSLSocket accepted = (SSLSocket) real.accept()) {
                client.send("a");
                assertThat(accepted.getInputStream().read()).isEqualTo('a');
                accepted.startHandshake();
                for (int i = 0; i < 20; i++) {
                    client.send(new byte[50_000]);
                }
                server.recording().awaitExchange(0).await(e -> e.received().size() > 500_000, Duration.ofSeconds(20));
                server.close();

                assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().contains(":" + server.port() + " "));
            }
        }
    }
}
