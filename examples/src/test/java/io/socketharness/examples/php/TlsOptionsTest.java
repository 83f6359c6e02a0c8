package io.socketharness.examples.php;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.HeldCertificate;
import io.socketharness.tls.TlsSettings;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Row 5, the {@code ssl} options of a context, by what PHP's and OpenSSL's clients see of them. */
@Timeout(60)
class TlsOptionsTest {

    private static final String CONNECT = """
            $tls = ['cafile' => $argv[2]];
            if (isset($argv[3])) {
                $tls['local_cert'] = $argv[3];
            }
            $context = stream_context_create(['ssl' => $tls]);
            $flags = STREAM_CLIENT_CONNECT;
            $socket = @stream_socket_client($argv[1], $errno, $errstr, 5, $flags, $context);
            echo fgets($socket) ?: 'nothing';
            """;

    /** {@code verify_peer} and {@code cafile}, and {@code capture_peer_cert} for what the client has shown. */
    @Test
    @SocketServer(
            transport = "tls",
            host = "localhost",
            clientCertificate = ClientCertificate.NEEDED,
            script = "S: good day")
    void asksForACertificateOfTheClient(FakeServer server) throws Exception {
        HeldCertificate anna = server.tls().issueClientCertificate("CN=anna");
        Path trust = server.tls().caPemFile();

        assertThat(Php.eval(CONNECT, server.uri(), trust, anna.pemFile())).isEqualTo("good day\r\n");

        assertThat(server).connection(0).presentedCertificate("CN=anna");
    }

    @Test
    @SocketServer(transport = "tls", host = "localhost", clientCertificate = ClientCertificate.NEEDED)
    void refusesAClientWithoutOne(FakeServer server) throws Exception {
        assertThat(Php.eval(CONNECT, server.uri(), server.tls().caPemFile())).endsWith("nothing");

        assertThat(server).connection(0).failedTls("the client sent no certificate, but one is required");
    }

    /** {@code crypto_method}, {@code ciphers} and {@code alpn_protocols}. */
    @Test
    @SocketServer(
            transport = "tls",
            host = "localhost",
            protocols = "TLSv1.2",
            cipherSuites = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            applicationProtocols = "mqtt")
    void speaksWhatItIsToldTo(FakeServer server) throws Exception {
        assertThat(openssl(server, "-alpn", "h2,mqtt"))
                .contains("Protocol  : TLSv1.2")
                .contains("Cipher    : ECDHE-ECDSA-AES128-GCM-SHA256")
                .contains("ALPN protocol: mqtt");
    }

    /** {@code SNI_server_certs}. */
    @Test
    void hasACertificateForEachName() throws Exception {
        CertificateAuthority authority = CertificateAuthority.shared();
        ServerSpec spec = ServerSpec.builder("tls")
                .tls(TlsSettings.builder()
                        .serverName("mail.test", authority.issue("mail.test"))
                        .build())
                .build();
        try (FakeServer server = FakeServer.start(spec)) {
            assertThat(openssl(server, "-servername", "mail.test")).contains("subject=CN = mail.test\n");
            assertThat(openssl(server, "-servername", "other.test")).contains("subject=CN = localhost\n");
        }
    }

    /** {@code local_cert} and {@code passphrase}: PHP looks at them when a client comes, and then says nothing to it. */
    @Test
    void whatIsWrongWithAFileIsToldAtOnce(@TempDir Path directory) throws Exception {
        Path file = CertificateAuthority.shared().issue().savePem(directory.resolve("server.pem"), "comet");
        try (PhpServer php = PhpServer.start("https.php", file, "meteor")) {
            assertThat(HttpsPage.curl(php.port(), CertificateAuthority.shared().pemFile()))
                    .startsWith("curl: (35)");
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeldCertificate.readPem(file, "meteor"))
                .withMessage(file + ": the private key cannot be decrypted with the given passphrase");
    }

    @Test
    @SocketServer(transport = "tls", script = HttpsPage.PAGE)
    void hasACertificateWherePhpHasNone(FakeServer ours) throws Exception {
        Path trust = ours.tls().caPemFile();
        try (PhpServer php = PhpServer.start("https.php")) {
            assertThat(HttpsPage.curl(php.port(), trust)).startsWith("curl: (35)");
        }
        assertThat(HttpsPage.curl(ours.port(), trust)).endsWith("hello\n");
    }

    /** PHP does the handshake within {@code stream_socket_accept}: while one client says nothing, no other gets in. */
    @Test
    @SocketServer(transport = "tls", script = HttpsPage.PAGE)
    void oneSlowClientKeepsNobodyOut(FakeServer ours) throws Exception {
        Path trust = ours.tls().caPemFile();
        Path certificate = CertificateAuthority.shared().issue().pemFile();

        try (PhpServer php = PhpServer.start("https.php", certificate);
                Socket silent = new Socket("127.0.0.1", php.port())) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(HttpsPage.curl(php.port(), trust, Duration.ofSeconds(1)))
                    .startsWith("curl: (28)"); // it has timed out
        }
        try (Socket silent = new Socket("127.0.0.1", ours.port())) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(HttpsPage.curl(ours.port(), trust)).endsWith("hello\n");
        }
    }

    private static String openssl(FakeServer server, String... options) throws Exception {
        String[] command = new String[options.length + 4];
        System.arraycopy(
                new String[] {"openssl", "s_client", "-connect", "127.0.0.1:" + server.port()}, 0, command, 0, 4);
        System.arraycopy(options, 0, command, 4, options.length);
        return Program.run("", command);
    }
}
