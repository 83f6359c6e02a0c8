package io.socketharness.examples.tls;

import static io.socketharness.examples.tls.Page.get;
import static io.socketharness.script.Behaviours.tlsAlert;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.tls.TlsAlert;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Handshakes that go wrong, as text or in Java. */
class HandshakeFaultsTest {

    // tag::faults[]
    @Test
    @SocketServer(transport = "tls", host = "localhost", script = """
            @tls-hello
            @stall
            """)
    void givesUpOnAServerThatDoesNotAnswer(FakeServer server) {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(server.tls().clientContext())
                .connectTimeout(Duration.ofMillis(500))
                .build();

        assertThatThrownBy(() -> get(server, client)).isInstanceOf(HttpConnectTimeoutException.class);
    }

    @Test
    void reportsTheAlert(@SocketServer(transport = "tls", host = "localhost") FakeServer server) {
        server.enqueue(tlsAlert(TlsAlert.INTERNAL_ERROR));

        assertThatThrownBy(() -> get(server, server.tls().clientContext()))
                .hasMessageContaining("Received fatal alert: internal_error");
    }
    // end::faults[]
}
