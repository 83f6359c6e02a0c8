package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** StatsD: the DogStatsD client. */
@SocketServer(transport = "udp", scriptResource = "/scripts/statsd.script")
class StatsdTest {

    @Test
    void dogStatsdCounts(FakeServer agent) {
        try (StatsDClient metrics = new NonBlockingStatsDClientBuilder()
                .hostname(agent.host())
                .port(agent.port())
                .enableTelemetry(false)
                .enableAggregation(false)
                .build()) {
            metrics.incrementCounter("orders", "country:nl");

            assertThat(agent).received("orders:1|c|#country:nl\n");
        }
    }
}
