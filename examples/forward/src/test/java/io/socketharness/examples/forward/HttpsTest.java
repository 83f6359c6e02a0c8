package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real nginx that speaks HTTPS: the recording is in clear, and clients need not use TLS. */
@Timeout(120)
class HttpsTest {

    @RegisterExtension
    static final RealServer NGINX = Nginx.https();

    // tag::https[]
    @Test
    @SocketServer(
            transport = "tls",
            host = "localhost",
            applicationProtocols = {"h2", "http/1.1"},
            forwardTo = "tls://localhost:${nginx.port}")
    void http2Passes(FakeServer server) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(server.tls().clientContext()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/hello.txt"))
                .build();

        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(server)
                .connection(0)
                .negotiatedApplicationProtocol("h2")
                .receivedContaining("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }
    // end::https[]

    @Test
    @SocketServer(transport = "tls", host = "localhost", forwardTo = "tls://localhost:${nginx.port}")
    void curlIsRecordedInClear(FakeServer server) throws Exception {
        String authority = server.tls().caPemFile().toString();
        String page = "https://localhost:" + server.port() + "/hello.txt";

        assertThat(Program.run("", "curl", "-sS", "--cacert", authority, page)).isEqualTo("hello");

        assertThat(server).connection(0).receivedContaining("GET /hello.txt HTTP/1.1\r\n");
    }

    // tag::clear[]
    @Test
    @SocketServer(forwardTo = "tls://localhost:${nginx.port}")
    void aClientNeedsNoTls(FakeServer server) throws Exception {
        String page = "http://" + server.host() + ":" + server.port() + "/hello.txt";

        assertThat(Program.run("", "curl", "-sS", page)).isEqualTo("hello");

        assertThat(server).connection(0).receivedContaining("GET /hello.txt HTTP/1.1\r\n");
    }
    // end::clear[]
}
