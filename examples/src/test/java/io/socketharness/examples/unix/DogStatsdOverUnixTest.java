package io.socketharness.examples.unix;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** The DogStatsD client, to an agent on this machine: metrics over a Unix socket of datagrams. */
class DogStatsdOverUnixTest {

    // tag::dogstatsd[]
    @Test
    void countsAnOrder(@SocketServer(transport = "udg") FakeServer agent) {
        try (StatsDClient metrics = new NonBlockingStatsDClientBuilder()
                .address("unix://" + agent.path())
                .enableTelemetry(false)
                .enableAggregation(false)
                .build()) {
            metrics.incrementCounter("orders", "country:nl");

            assertThat(agent).received("orders:1|c|#country:nl\n");
        }
    }
    // end::dogstatsd[]
}
