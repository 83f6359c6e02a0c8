package io.socketharness.examples.metrics;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** Metrics over UDP: the DogStatsD client sends from a thread of its own, some time later; the assertion waits for it. */
class DogStatsdTest {

    @Test
    void countsAnOrderByCountry(@SocketServer(transport = "udp") FakeServer agent) {
        try (StatsDClient metrics = new NonBlockingStatsDClientBuilder()
                .prefix("shop")
                .hostname(agent.host())
                .port(agent.port())
                .enableTelemetry(false)
                .enableAggregation(false) // else counts are summed up for some seconds
                .build()) {
            metrics.incrementCounter("orders", "country:nl");

            assertThat(agent).received("shop.orders:1|c|#country:nl\n");
        }
    }
}
