package io.socketharness.internal.stream;

import static io.socketharness.network.NetworkConditions.latency;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.Injection;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.internal.server.ServerAccess;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Input that the simulated network receives before the connection has its script. */
@Timeout(60)
class EarlyInputTest {

    /** Gives a connection its script when its first input has arrived. */
    private static final class Late implements Injection {

        @Override
        public TransportChannel attach(TransportChannel transport, ExchangeRecorder exchange) {
            return transport;
        }

        @Override
        public void opened(ExchangeRecorder exchange) {
            while (exchange.arrived() == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void isKeptForTheScriptBeyondTheLimitOfTheRecording() throws IOException {
        ServerSpec spec = ServerSpec.builder("tcp")
                .recordingLimit(1)
                .network(latency(Duration.ofMillis(1)))
                .script(Script.parse("C: PING\nS: PONG\n@close\n"))
                .build();
        try (FakeServer server = ServerAccess.start(spec, System.nanoTime(), new Late());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\r\n").readToEnd()).isEqualTo("PONG\r\n");
        }
    }
}
