package io.socketharness.examples.network;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.blackhole;
import static io.socketharness.network.NetworkConditions.latency;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.network.NetworkConditions.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OkHttp on a bad network. */
@Timeout(60)
@SocketServer(script = """
        @forever
          C: GET / HTTP/1.1
          @frame until \\r\\n\\r\\n
          @receive headers
          @frame none
          S< HTTP/1.1 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nhelloworld
        @end
        """)
class OkHttpTest {

    private final OkHttpClient client = new OkHttpClient.Builder()
            .readTimeout(Duration.ofSeconds(1))
            .callTimeout(Duration.ofSeconds(30))
            .build();

    // tag::pooled[]
    @Test
    void leavesAConnectionOnWhichNothingPasses(FakeServer server) throws Exception {
        assertThat(get(server)).isEqualTo("helloworld");
        server.connection(0).network(blackhole()); // only the connection in the pool

        assertThatThrownBy(() -> get(server)).isInstanceOf(SocketTimeoutException.class);
        assertThat(get(server)).isEqualTo("helloworld");

        assertThat(server).hasConnections(2);
    }
    // end::pooled[]

    @Test
    void readsAnAnswerInPieces(FakeServer server) throws Exception {
        server.network(slice(1).every(Duration.ofMillis(5)));

        assertThat(get(server)).isEqualTo("helloworld");
    }

    @Test
    void waitsForALateAnswer(FakeServer server) throws Exception {
        server.network(latency(Duration.ofMillis(200)));
        long start = System.nanoTime();

        assertThat(get(server)).isEqualTo("helloworld");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void noticesThatHalfOfTheBodyIsMissing(FakeServer server) {
        server.network(limit(44).close().toClient()); // 39 bytes of the header, 5 of 10 of the body

        assertThatThrownBy(() -> get(server))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("unexpected end of stream");
    }

    @Test
    void limitsTheTimeOfTheBodyToo(FakeServer server) {
        server.network(limit(44).stall().toClient());

        assertThatThrownBy(() -> get(server)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void triesAgainOnlyIfTheBrokenConnectionHadWorkedBefore(FakeServer server) throws Exception {
        assertThat(get(server)).isEqualTo("helloworld");
        server.connection(0).network(limit(0).reset().toServer());

        assertThat(get(server)).isEqualTo("helloworld"); // on a new connection

        server.network(limit(1).close().toClient());
        assertThatThrownBy(() -> get(server)).isInstanceOf(IOException.class);
    }

    private String get(FakeServer server) throws IOException {
        Request request = new Request.Builder()
                .url("http://" + server.host() + ":" + server.port() + "/")
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }
}
