package io.socketharness.examples.tls;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.examples.tls.Page.PAGE;
import static io.socketharness.examples.tls.Page.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.script.Script;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.HeldCertificate;
import io.socketharness.tls.TlsSettings;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a certificate says, where it comes from, and which one a client gets. */
class CertificatesTest {

    @Test
    void oneFromAnAuthorityOfOnesOwn() throws Exception {
        // tag::authority[]
        CertificateAuthority authority = CertificateAuthority.builder()
                .subject("CN=Example Root, O=Example, C=DE")
                .create();
        HeldCertificate certificate = authority
                .intermediate()
                .create()
                .certificate()
                .hosts("mail.test", "localhost", "127.0.0.1")
                .subject("CN=mail.test, O=Example, C=DE")
                .validFor(Duration.ofDays(30))
                .issue();

        ServerSpec spec = ServerSpec.builder("tls")
                .host("localhost")
                .tls(TlsSettings.builder().certificate(certificate).build())
                .build();
        try (FakeServer server = FakeServer.start(spec, Script.parse(PAGE))) {
            assertThat(get(server, authority.clientContext())).isEqualTo("hello");
        }
        // end::authority[]
        assertThat(certificate.chain()).hasSize(2);
    }

    @Test
    void oneFromAFile(@TempDir Path directory) throws Exception {
        CertificateAuthority.shared().issue().savePem(directory.resolve("server.pem"), "comet");
        // tag::pem[]
        HeldCertificate certificate = HeldCertificate.readPem(directory.resolve("server.pem"), "comet");
        // end::pem[]

        ServerSpec spec = ServerSpec.builder("tls")
                .host("localhost")
                .tls(TlsSettings.builder().certificate(certificate).build())
                .build();
        try (FakeServer server = FakeServer.start(spec, Script.parse(PAGE))) {
            assertThat(get(server, CertificateAuthority.shared().clientContext()))
                    .isEqualTo("hello");
        }
    }

    @Test
    void oneForEachName() throws Exception {
        // tag::names[]
        CertificateAuthority authority = CertificateAuthority.shared();
        TlsSettings settings = TlsSettings.builder()
                .serverName("mail.test", authority.issue("mail.test"))
                .serverName("*.example.test", authority.issue("*.example.test"))
                .build();
        try (FakeServer server =
                FakeServer.start(ServerSpec.builder("tls").tls(settings).build())) {
            assertThat(subject(server, "mail.test")).isEqualTo("CN=mail.test");
            assertThat(subject(server, "www.example.test")).isEqualTo("CN=*.example.test");
            assertThat(subject(server, "other.test")).isEqualTo("CN=localhost");

            assertThat(server).connection(0).requestedServerName("mail.test");
        }
        // end::names[]
    }

    private static String subject(FakeServer server, String name) throws Exception {
        try (SSLSocket socket = (SSLSocket)
                server.tls().clientContext().getSocketFactory().createSocket(server.host(), server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }
}
