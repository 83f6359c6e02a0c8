package io.socketharness.examples.tls;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.examples.tls.Page.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.CertificateKind;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.HeldCertificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Programs take the trust as a file: curl, as it could be any other. */
@SocketServer(transport = "tls", host = "localhost", script = PAGE)
class CurlTest {

    // tag::curl[]
    @Test
    void acceptsTheServerWithTheCaFile(FakeServer server) throws Exception {
        assertThat(curl(server, "--cacert", server.tls().caPemFile().toString()))
                .isEqualTo("hello");

        assertThat(server).connection(0).requestedServerName("localhost").receivedContaining("User-Agent: curl/");
    }

    @Test
    @SocketServer(transport = "tls", host = "localhost", certificate = CertificateKind.EXPIRED)
    void refusesAnExpiredCertificate(FakeServer server) throws Exception {
        assertThat(curl(server, "--cacert", server.tls().caPemFile().toString()))
                .contains("certificate has expired");

        assertThat(server).connection(0).refusedCertificate();
    }
    // end::curl[]

    @Test
    @SocketServer(transport = "tls", host = "localhost")
    void trustsNobodyWithoutTheFile(FakeServer server) throws Exception {
        assertThat(curl(server)).contains("unable to get local issuer certificate");

        assertThat(server).connection(0).failedTls("unknown_ca");
    }

    @Test
    @SocketServer(transport = "tls", host = "localhost", clientCertificate = ClientCertificate.NEEDED, script = PAGE)
    void presentsAClientCertificate(FakeServer server) throws Exception {
        HeldCertificate anna = server.tls().issueClientCertificate("CN=anna");

        assertThat(curl(
                        server,
                        "--cacert",
                        server.tls().caPemFile().toString(),
                        "--cert",
                        anna.pemFile().toString()))
                .isEqualTo("hello");

        assertThat(server).connection(0).presentedCertificate("CN=anna");
    }

    private static String curl(FakeServer server, String... options) throws Exception {
        return Page.curl(server, Duration.ofSeconds(20), options);
    }
}
