package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** HTTP/1.1: OkHttp, the JDK's HttpClient and curl, with chunks that come slowly and a body that ends in its middle. */
@SocketServer(scriptResource = "/scripts/http.script")
class HttpTest {

    private final OkHttpClient okHttp = new OkHttpClient();

    @Test
    void okHttpAsksAgainOnTheSameConnection(FakeServer server) throws Exception {
        assertThat(okHttp(server)).isEqualTo("hello world");
        assertThat(okHttp(server)).isEqualTo("hello world");

        assertThat(server).hasConnections(1).connection(0).receivedContaining("User-Agent: okhttp/");
    }

    @Test
    void theJdkReadsAPage(FakeServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(server)))
                .timeout(Duration.ofSeconds(20))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .isEqualTo("hello world");
    }

    @Test
    void curlReadsAPage(FakeServer server) throws Exception {
        assertThat(Curl.run(url(server))).isEqualTo("hello world");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/http-half.script")
    void okHttpNoticesThatHalfIsMissing(FakeServer server) {
        assertThatThrownBy(() -> okHttp(server))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("unexpected end of stream");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/http-half.script")
    void curlNoticesThatHalfIsMissing(FakeServer server) throws Exception {
        assertThat(Curl.run(url(server))).contains("transfer closed with 5 bytes remaining to read");
    }

    private String okHttp(FakeServer server) throws IOException {
        try (Response response =
                okHttp.newCall(new Request.Builder().url(url(server)).build()).execute()) {
            return response.body().string();
        }
    }

    private static String url(FakeServer server) {
        return "http://" + server.host() + ":" + server.port() + "/page";
    }
}
