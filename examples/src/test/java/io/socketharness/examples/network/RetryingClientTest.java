package io.socketharness.examples.network;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.blackhole;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.network;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.network.NetworkCondition;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that tries again, on a bad network. */
@Timeout(60)
class RetryingClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    // tag::conditions[]
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latency 100ms           |
            bandwidth 200B/s        |
            slice 1 every 10ms      |
            latency 30s             | time-out
            limit 3 stall to client | time-out
            blackhole               | time-out
            stop-reading            | time-out
            limit 3 close to client | closed after 3 bytes
            limit 3 reset to client | Connection reset
            corrupt at 2 to client  | wrong checksum
            """)
    void readsTheValue(NetworkCondition condition, String failure, @SocketServer FakeServer server) throws Exception {
        server.enqueue(network(condition), forever(expectLine("READ"), sendLine("21.5*18"))); // the first connection
        if (failure != null) {
            server.enqueue(expectLine("READ"), sendLine("21.5*18")); // the second one, on a perfect network
        }
        Sensor sensor = new Sensor(server.address(), LIMIT);

        assertThat(sensor.read()).isEqualTo("21.5");

        assertThat(sensor.failures()).isEqualTo(failure == null ? List.of() : List.of(failure));
    }
    // end::conditions[]

    // tag::down[]
    @Test
    @SocketServer(script = """
            @forever
              C: READ
              S: 21.5*18
            @end
            """)
    void givesUpAfterThreeAttempts(FakeServer server) {
        server.network(blackhole());
        Sensor sensor = new Sensor(server.address(), Duration.ofMillis(500));

        assertThatThrownBy(sensor::read).isInstanceOf(SocketTimeoutException.class);

        assertThat(sensor.failures()).containsExactly("time-out", "time-out", "time-out");
        assertThat(server).hasConnections(3);
    }
    // end::down[]

    @Test
    @SocketServer(script = """
            C: READ
            S: 21.5*18
            """)
    void connectsWhenTheServerListensAgain(FakeServer server) throws Exception {
        server.ignore();
        Sensor sensor = new Sensor(server.address(), LIMIT);
        CompletableFuture<String> value = CompletableFuture.supplyAsync(() -> read(sensor));

        assertThatThrownBy(() -> value.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        server.listen();

        assertThat(value.get(20, TimeUnit.SECONDS)).isEqualTo("21.5"); // the system repeats the connect
    }

    // tag::back[]
    @Test
    @SocketServer(script = """
            @forever
              C: READ
              S: 21.5*18
            @end
            """)
    void readsTheValueWhenTheNetworkIsBack(FakeServer server) throws Exception {
        server.network(blackhole());
        Sensor sensor = new Sensor(server.address(), LIMIT);
        CompletableFuture<String> value = CompletableFuture.supplyAsync(() -> read(sensor));

        assertThat(server).hasConnectionsAtLeast(2); // waits for the second attempt
        server.network(); // a perfect network

        assertThat(value.get(10, TimeUnit.SECONDS)).isEqualTo("21.5");
        assertThat(sensor.failures()).startsWith("time-out");
    }
    // end::back[]

    private static String read(Sensor sensor) {
        try {
            return sensor.read();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
