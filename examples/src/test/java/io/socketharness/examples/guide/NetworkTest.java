package io.socketharness.examples.guide;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.blackhole;
import static io.socketharness.network.NetworkConditions.dropDatagrams;
import static io.socketharness.network.NetworkConditions.latency;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.network.NetworkConditions.loss;
import static io.socketharness.network.NetworkConditions.slice;
import static io.socketharness.network.NetworkConditions.stopReading;
import static io.socketharness.network.NetworkConditions.truncateDatagram;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.junit5.SocketServer;
import io.socketharness.network.NetworkCondition;
import io.socketharness.script.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of {@code docs/network.md}. */
@Timeout(60)
class NetworkTest {

    // tag::first[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            """)
    void waitsForALateAnswer(FakeServer server) throws Exception {
        server.network(latency(Duration.ofMillis(300)));

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5); // after 600 ms: 300 ms each way
        }
    }
    // end::first[]

    // tag::slow[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            """)
    void readsASlowAnswer(FakeServer server) throws Exception {
        server.network(slice(1).every(Duration.ofMillis(500)).toClient());

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5); // after 2.5 s, with a read timeout of 2 s
        }
    }
    // end::slow[]

    // tag::stall[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            """)
    void givesUpOnHalfAnAnswer(FakeServer server) throws Exception {
        server.network(limit(2).stall().toClient());

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThatThrownBy(thermometer::read).isInstanceOf(SocketTimeoutException.class);
        }
    }
    // end::stall[]

    // tag::stop-reading[]
    @Test
    @SocketServer(script = "@discard")
    void waitsForAServerThatReadsNothing(FakeServer server) throws Exception {
        server.network(stopReading());

        CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> upload(server.address())); // 20 MB

        assertThatThrownBy(() -> upload.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        server.network(); // the server reads again
        upload.get(20, TimeUnit.SECONDS);
    }
    // end::stop-reading[]

    private static void upload(InetSocketAddress server) {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            for (int megabyte = 0; megabyte < 20; megabyte++) {
                out.write(new byte[1_000_000]);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    // tag::half[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            """)
    void takesHalfAnAnswerForAWholeOne(FakeServer server) throws Exception {
        server.network(limit(2).close().toClient());

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21); // a bug: readLine() returns what came before the end
        }
    }
    // end::half[]

    // tag::reset[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            C: TEMP?
            S: 22.0
            """)
    void noticesThatTheConnectionBreaks(FakeServer server) throws Exception {
        server.network(limit(10).reset().toServer()); // in the middle of the second question

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
            assertThatThrownBy(thermometer::read).isInstanceOf(SocketException.class);
        }
    }
    // end::reset[]

    // tag::ignore[]
    @Test
    void limitsTheTimeOfItsConnect(@SocketServer FakeServer server) {
        server.ignore(); // no answer, in place of "Connection refused"
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();

        assertThatThrownBy(() -> client.send(request("http", server), BodyHandlers.ofString()))
                .isInstanceOf(HttpConnectTimeoutException.class);
    }
    // end::ignore[]

    private static HttpRequest request(String scheme, FakeServer server) {
        return HttpRequest.newBuilder(URI.create(scheme + "://" + server.host() + ":" + server.port() + "/"))
                .build();
    }

    // tag::drop[]
    @Test
    @SocketServer(transport = "udp", script = """
            @forever
              C: TIME?
              S: 12:00
            @end
            """)
    void asksAgainWhenItsQuestionIsLost(FakeServer server) throws Exception {
        server.network(dropDatagrams(1).toServer());

        assertThat(new Clock(server.address()).time()).isEqualTo("12:00");

        assertThat(server).connection(0).receivedLines("TIME?"); // the second one
    }

    @Test
    @SocketServer(transport = "udp", script = """
            @forever
              C: TIME?
              S: 12:00
            @end
            """)
    void takesACutAnswerForAWholeOne(FakeServer server) throws Exception {
        server.network(truncateDatagram(1, 4).toClient());

        assertThat(new Clock(server.address()).time()).isEqualTo("12:0"); // a bug: it does not check the answer
    }
    // end::drop[]

    // tag::seed[]
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void asksAgainWhenDatagramsAreLost(long seed) throws Exception {
        ServerSpec spec = ServerSpec.builder("udp")
                .network(loss(0.5).burst(1).toServer()) // never two in a row
                .seed(seed)
                .script(Script.parse("""
                        @forever
                          C: TIME?
                          S: 12:00
                        @end
                        """))
                .build();
        try (FakeServer server = FakeServer.start(spec)) {
            assertThat(new Clock(server.address()).time()).isEqualTo("12:00"); // asks at most twice
            server.verify();
        }
    }
    // end::seed[]

    // tag::pieces[]
    @ParameterizedTest
    @ValueSource(strings = {"slice 1", "slice 3 every 10ms", "coalesce 50ms"})
    void readsLinesHoweverTheyArrive(NetworkCondition condition, @SocketServer(script = """
            C: WATCH
            S: 21.5
            S: 22.0
            """) FakeServer server)
            throws Exception {
        server.network(condition);

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("WATCH");
            assertThat(thermometer.nextLine()).isEqualTo("21.5");
            assertThat(thermometer.nextLine()).isEqualTo("22.0");
        }
    }
    // end::pieces[]

    // tag::block[]
    @Test
    @SocketServer(script = """
            @match
              C: TEMP?
              S: 21.5
            @or
              C: HISTORY?
              @network latency 200ms
              @network bandwidth 1kB/s
              S: 19.0 20.0 21.0
            @end
            """)
    void readsASlowHistory(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("HISTORY?");
            assertThat(thermometer.nextLine()).isEqualTo("19.0 20.0 21.0"); // late
            assertThat(thermometer.read()).isEqualTo(21.5); // at once
        }
    }
    // end::block[]

    // tag::annotation[]
    @Test
    @SocketServer(
            network = {"latency 50ms jitter 20ms", "slice 1"},
            seed = 7,
            script = """
            C: TEMP?
            S: 21.5
            """)
    void readsOnABadNetwork(FakeServer server) throws Exception {
        // end::annotation[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }

    // tag::url[]
    @Test
    void startsFromAUrl() throws Exception {
        try (FakeServer server = FakeServer.start(
                "tcp:?network=latency+50ms+jitter+20ms,slice+1&seed=7", Script.parse("C: TEMP?\nS: 21.5"))) {
            // end::url[]
            try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
                assertThat(thermometer.read()).isEqualTo(21.5);
            }
            server.verify();
        }
    }

    // tag::connection[]
    @Test
    @SocketServer(script = """
            @forever
              C: TEMP?
              S: 21.5
            @end
            """)
    void losesOneConnectionOnly(FakeServer server) throws Exception {
        try (Thermometer one = new Thermometer(server.host(), server.port());
                Thermometer other = new Thermometer(server.host(), server.port())) {
            assertThat(one.read()).isEqualTo(21.5);
            server.connection(0).network(blackhole());

            assertThatThrownBy(one::read).isInstanceOf(SocketTimeoutException.class);
            assertThat(other.read()).isEqualTo(21.5);
        }
    }
    // end::connection[]

    // tag::tls[]
    @Test
    @SocketServer(transport = "tls", host = "localhost", optional = true)
    void failsIfTheHandshakeIsCut(FakeServer server) {
        server.network(limit(3).close().toClient()); // three bytes of the ServerHello
        HttpClient client =
                HttpClient.newBuilder().sslContext(server.tls().clientContext()).build();

        assertThatThrownBy(() -> client.send(request("https", server), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }
    // end::tls[]
}
