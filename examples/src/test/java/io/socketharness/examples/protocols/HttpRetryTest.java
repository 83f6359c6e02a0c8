package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Retries over HTTP/1.1: on the same connection, and on new ones. */
class HttpRetryTest {

    // tag::parts[]
    private static final String REQUEST = """
            C: GET /price HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            """;
    private static final String PRICE = """
            S: HTTP/1.1 200 OK
            S: Content-Length: 4
            S:
            S< 4.20
            """;
    private static final String UNAVAILABLE = """
            S: HTTP/1.1 503 Service Unavailable
            S: Content-Length: 0
            S:
            """;
    private static final String UNAVAILABLE_AND_CLOSE = """
            S: HTTP/1.1 503 Service Unavailable
            S: Content-Length: 0
            S: Connection: close
            S:
            @close
            """;
    private static final String HALF_OF_THE_PRICE = """
            S: HTTP/1.1 200 OK
            S: Content-Length: 4
            S:
            S< 4.
            @close
            """;
    // end::parts[]

    // tag::same[]
    @Test
    @SocketServer(script = REQUEST + UNAVAILABLE + REQUEST + PRICE)
    void retriesOnTheSameConnection(FakeServer server) throws Exception {
        assertThat(new Prices(server.address()).fetch()).isEqualTo("4.20");

        assertThat(server).hasConnections(1);
    }
    // end::same[]

    // tag::new[]
    @Test
    @SocketServer(scripts = {REQUEST + UNAVAILABLE_AND_CLOSE, REQUEST + PRICE})
    void retriesOnANewConnection(FakeServer server) throws Exception {
        assertThat(new Prices(server.address()).fetch()).isEqualTo("4.20");

        assertThat(server).hasConnections(2);
    }
    // end::new[]

    // tag::faults[]
    @Test
    void retriesAfterFaults(@SocketServer FakeServer server) throws Exception {
        server.enqueue(Script.parse(REQUEST + "@reset"));
        server.enqueue(Script.parse(REQUEST + HALF_OF_THE_PRICE));
        server.enqueue(Script.parse(REQUEST + PRICE));

        assertThat(new Prices(server.address()).fetch()).isEqualTo("4.20");

        assertThat(server).hasConnections(3);
    }

    @Test
    @SocketServer(
            scripts = {REQUEST + UNAVAILABLE_AND_CLOSE, REQUEST + UNAVAILABLE_AND_CLOSE, REQUEST + UNAVAILABLE_AND_CLOSE
            })
    void givesUpAfterThreeAttempts(FakeServer server) {
        assertThatThrownBy(new Prices(server.address())::fetch)
                .isInstanceOf(IOException.class)
                .hasMessage("status 503");
    }
    // end::faults[]

    // tag::jdk[]
    @Test
    @SocketServer(scripts = {REQUEST + "@reset", REQUEST + PRICE})
    void theJdkRepeatsAGetByItself(FakeServer server) throws Exception {
        URI page = URI.create("http://" + server.host() + ":" + server.port() + "/price");
        HttpRequest request = HttpRequest.newBuilder(page).build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .isEqualTo("4.20");

        assertThat(server).hasConnections(2);
    }
    // end::jdk[]
}
