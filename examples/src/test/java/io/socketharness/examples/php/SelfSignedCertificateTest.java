package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Program;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.HeldCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 13, a certificate that is made on the spot: signed by its own key, with a full distinguished name, for 365 days,
 * saved with its encrypted key as one file, and served over HTTPS. PHP reads the file that is made here, and here PHP's is
 * read.
 */
@Timeout(60)
class SelfSignedCertificateTest {

    private static final String PAGE = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n";

    @TempDir
    Path directory;

    // tag::ours[]
    @Test
    void createdByTheLibraryIsServedByBoth() throws Exception {
        HeldCertificate certificate = CertificateAuthority.shared()
                .certificate()
                .subject("emailAddress=admin@example.test, CN=localhost, OU=Tests, O=Example, L=Amersfoort, ST=Utrecht,"
                        + " C=NL")
                .from(Instant.now())
                .validFor(Duration.ofDays(365))
                .issueSelfSigned();
        Path file = certificate.savePem(directory.resolve("ours.pem"), "comet");

        assertServedByBoth(file, certificate);
    }
    // end::ours[]

    // tag::php[]
    @Test
    void createdByPhpIsServedByBoth() throws Exception {
        Path file = directory.resolve("php.pem");
        assertThat(Php.run("self-signed.php", file.toString())).isEmpty();

        assertServedByBoth(file, HeldCertificate.readPem(file, "comet"));
    }
    // end::php[]

    private void assertServedByBoth(Path file, HeldCertificate certificate) throws Exception {
        assertThat(Program.run("", "openssl", "x509", "-in", file.toString(), "-noout", "-subject"))
                .isEqualTo("subject=C = NL, ST = Utrecht, L = Amersfoort, O = Example, OU = Tests, CN = localhost,"
                        + " emailAddress = admin@example.test\n");
        assertThat(Duration.between(
                        certificate.certificate().getNotBefore().toInstant(),
                        certificate.certificate().getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(365));
        try (FakeServer ours = HttpsPage.serve(certificate);
                PhpServer php = PhpServer.start("https.php", file, "comet")) {
            assertThat(HttpsPage.curl(ours.port(), file)).isEqualTo(PAGE);
            assertThat(HttpsPage.curl(php.port(), file)).isEqualTo(PAGE);
            ours.verify();
        }
    }
}
