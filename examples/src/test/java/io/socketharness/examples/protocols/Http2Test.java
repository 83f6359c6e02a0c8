package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** HTTP/2, with a framing whose length leaves out a part of the header: curl and the JDK's HttpClient. */
class Http2Test {

    private static final String WITH_VERSION = " over HTTP/%{http_version}";

    @Test
    @SocketServer(scriptResource = "/scripts/http2.script")
    void curlReadsAPage(FakeServer server) throws Exception {
        String url = "http://" + server.host() + ":" + server.port() + "/page";

        assertThat(Curl.run("--http2-prior-knowledge", "--write-out", WITH_VERSION, url))
                .isEqualTo("hello over HTTP/2");

        assertThat(server).hasConnections(1);
    }

    @Test
    @SocketServer(
            transport = "tls",
            host = "localhost",
            applicationProtocols = "h2",
            scriptResource = "/scripts/http2.script")
    void theJdkReadsAPageOverTls(FakeServer server) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(server.tls().clientContext()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/page"))
                .timeout(Duration.ofSeconds(20))
                .build();

        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(server).connection(0).negotiatedApplicationProtocol("h2");
    }
}
