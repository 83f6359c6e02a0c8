package io.socketharness.examples.tls;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.examples.tls.Page.PAGE;
import static io.socketharness.examples.tls.Page.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.CertificateKind;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** TLS from the first byte: the JDK's HTTP client against certificates that were made for the test. */
class HttpsTest {

    // tag::tls[]
    @Test
    @SocketServer(transport = "tls", host = "localhost", script = PAGE)
    void trustsTheAuthorityOfTheServer(FakeServer server) throws Exception {
        assertThat(get(server, server.tls().clientContext())).isEqualTo("hello");

        assertThat(server).connection(0).negotiated("TLSv1.3");
    }

    @Test
    @SocketServer(transport = "tls", certificate = CertificateKind.EXPIRED)
    void refusesAnExpiredCertificate(FakeServer server) {
        assertThatThrownBy(() -> get(server, server.tls().clientContext())).isInstanceOf(SSLException.class);

        assertThat(server).connection(0).failedTls("the client closed"); // or the name of the alert that it sent
    }
    // end::tls[]
}
