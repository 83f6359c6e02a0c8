package io.socketharness.examples.tls;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.examples.tls.Page.PAGE;
import static io.socketharness.examples.tls.Page.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.CertificateAuthority;
import io.socketharness.tls.ClientCertificate;
import io.socketharness.tls.HeldCertificate;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Clients that show a certificate of their own, or should. */
class ClientCertificateTest {

    // tag::client[]
    @Test
    @SocketServer(transport = "tls", host = "localhost", clientCertificate = ClientCertificate.NEEDED, script = PAGE)
    void presentsAClientCertificate(FakeServer server) throws Exception {
        SSLContext anna = server.tls().clientContext(server.tls().issueClientCertificate("CN=anna"));

        assertThat(get(server, anna)).isEqualTo("hello");

        assertThat(server).connection(0).presentedCertificate("CN=anna");
    }

    @Test
    @SocketServer(transport = "tls", host = "localhost", clientCertificate = ClientCertificate.NEEDED)
    void isRejectedWithoutACertificate(FakeServer server) {
        assertThatThrownBy(() -> get(server, server.tls().clientContext())).isInstanceOf(IOException.class);

        assertThat(server).connection(0).failedTls("the client sent no certificate, but one is required");
    }
    // end::client[]

    @Test
    @SocketServer(transport = "tls", host = "localhost", clientCertificate = ClientCertificate.NEEDED)
    void isRefusedWithOneOfAnotherAuthority(FakeServer server) {
        HeldCertificate stranger =
                CertificateAuthority.create().certificate().subject("CN=anna").issue();

        assertThatThrownBy(() -> get(server, server.tls().clientContext(stranger)))
                .isInstanceOf(IOException.class);

        assertThat(server).connection(0).failedTls("the client's certificate is not trusted");
    }

    @Test
    @SocketServer(transport = "tls", host = "localhost", clientCertificate = ClientCertificate.WANTED, script = PAGE)
    void mayDoWithoutOneWhereItIsOnlyWanted(FakeServer server) throws Exception {
        assertThat(get(server, server.tls().clientContext())).isEqualTo("hello");

        assertThat(server.recording()
                        .exchanges()
                        .get(0)
                        .handshake()
                        .orElseThrow()
                        .clientCertificates())
                .isEmpty();
    }
}
