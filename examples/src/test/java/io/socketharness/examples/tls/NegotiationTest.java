package io.socketharness.examples.tls;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.examples.tls.Page.PAGE;
import static io.socketharness.examples.tls.Page.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Handshake;
import java.net.http.HttpClient;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** What client and server agree on, or not. */
class NegotiationTest {

    // tag::negotiated[]
    @Test
    @SocketServer(
            transport = "tls",
            host = "localhost",
            protocols = "TLSv1.2",
            cipherSuites = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            applicationProtocols = "http/1.1",
            script = PAGE)
    void usesTheVersionAndCipherSuiteOfTheServer(FakeServer server) throws Exception {
        assertThat(get(server, server.tls().clientContext())).isEqualTo("hello");

        assertThat(server).connection(0).negotiated("TLSv1.2").negotiatedApplicationProtocol("http/1.1");
        Handshake handshake = server.recording().exchanges().get(0).handshake().orElseThrow();
        assertThat(handshake.cipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }
    // end::negotiated[]

    @Test
    @SocketServer(transport = "tls", host = "localhost", applicationProtocols = "mqtt")
    void refusesAnApplicationProtocolThatItDoesNotSpeak(FakeServer server) {
        assertThatThrownBy(() -> get(server, server.tls().clientContext()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("no_application_protocol");

        assertThat(server)
                .connection(0)
                .failedTls("client and server have no application protocol in common; the client offers h2, http/1.1");
    }

    // tag::version[]
    @Test
    @SocketServer(transport = "tlsv1.2", host = "localhost")
    void doesNotFallBackToAnOlderVersion(FakeServer server) {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(server.tls().clientContext())
                .sslParameters(new SSLParameters(null, new String[] {"TLSv1.3"}))
                .build();

        assertThatThrownBy(() -> get(server, client)).isInstanceOf(SSLHandshakeException.class);

        assertThat(server).connection(0).failedTls("the client offers TLSv1.3, and the server speaks TLSv1.2");
    }
    // end::version[]
}
