package io.socketharness.examples.php;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.HeldCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 11, HTTPS by hand: a PEM file has the certificate and then those that issued it, in order; the key is in it or in a
 * file of its own, and may be encrypted. And a connection that begins in clear, and is encrypted later.
 */
@Timeout(60)
class HttpsByHandTest {

    @TempDir
    Path directory;

    private CertificateAuthority authority;
    private Path server;
    private Path key;
    private Path encrypted;

    @BeforeEach
    void makeTheFiles() throws Exception {
        authority = CertificateAuthority.create();
        HeldCertificate certificate = authority
                .intermediate()
                .create()
                .certificate()
                .hosts("localhost")
                .issue();
        server = certificate.savePem(directory.resolve("server.pem"));
        key = openssl("key.pem", "pkey", "-in", server.toString());
        encrypted = openssl("encrypted.pem", "pkey", "-in", server.toString(), "-aes256", "-passout", "pass:comet");
    }

    private Path openssl(String file, String... arguments) throws Exception {
        Path made = directory.resolve(file);
        String[] command = new String[arguments.length + 3];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[command.length - 2] = "-out";
        command[command.length - 1] = made.toString();
        assertThat(Program.run("", command)).isEmpty();
        return made;
    }

    @Test
    void aFileWithAllInIt() throws Exception {
        try (FakeServer ours = HttpsPage.serve(HeldCertificate.readPem(server));
                PhpServer php = PhpServer.start("https.php", server)) {
            assertSamePage(ours, php);
        }
    }

    @Test
    void aFileWithTheKeyAlone() throws Exception {
        try (FakeServer ours = HttpsPage.serve(HeldCertificate.readPem(server, key));
                PhpServer php = PhpServer.start("https.php", server, "", key)) {
            assertSamePage(ours, php);
        }
    }

    @Test
    void aKeyWithAPassphrase() throws Exception {
        try (FakeServer ours = HttpsPage.serve(HeldCertificate.readPem(server, encrypted, "comet"));
                PhpServer php = PhpServer.start("https.php", server, "comet", encrypted)) {
            assertSamePage(ours, php);
        }
    }

    private void assertSamePage(FakeServer ours, PhpServer php) throws Exception {
        assertThat(HttpsPage.curl(ours.port(), authority.pemFile()))
                .isEqualTo(HttpsPage.curl(php.port(), authority.pemFile()))
                .endsWith("\r\n\r\nhello\n");
        ours.verify();
    }

    @Test
    @SocketServer(script = """
            S: 220 mail.test
            C: STARTTLS
            S: 220 go ahead
            @starttls
            C: NOOP
            S: 250 this is secret
            @close
            """)
    void beginsInClear(FakeServer ours) throws Exception {
        String trust = ours.tls().caPemFile().toString();
        Path certificate = CertificateAuthority.shared().issue().pemFile();

        try (PhpServer php = PhpServer.start("starttls.php", certificate)) {
            assertThat(Php.run("starttls-client.php", ours.uri().toString(), trust))
                    .isEqualTo(Php.run("starttls-client.php", php.uri().toString(), trust))
                    .isEqualTo("220 mail.test\r\n220 go ahead\r\n250 this is secret\r\n");
        }
        assertThat(ours).connection(0).negotiated("TLSv1.3");
    }
}
