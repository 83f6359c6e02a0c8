package io.socketharness.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a report says if network conditions keep a message from the server. */
@Timeout(60)
class ConditionReportsTest {

    private static FakeServer start(String url, String condition, String script) {
        ServerSpec spec = ServerSpec.parse(url).toBuilder()
                .network(NetworkCondition.parse(condition))
                .seed(7)
                .timeout(Duration.ofMillis(500))
                .build();
        return FakeServer.start(spec, Script.parse(script));
    }

    @Test
    void countsTheBytesThatAreHeldBack() throws Exception {
        try (FakeServer server = start("tcp:", "limit 2 stall to server", "C: PING");
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");
            server.recording().awaitExchange(0).awaitReceived("PI");

            assertThat(Reports.of(server)).contains("""

                              The network conditions hold back 3 bytes of the client: see "network" in the dialogue.

                            """);
        }
    }

    @Test
    void asksAboutTheConditionsIfTheServerDoesNotRead() throws Exception {
        try (FakeServer server = start("tcp:", "stop-reading", "C: PING");
                TestClient client = TestClient.connect(server)) {
            client.send("PING\n");

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 1 of 1 failed

                              the line "PING" did not arrive within 500 ms

                              Do the network conditions lose or hold back data? See "network" in the dialogue.

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  network: stop-reading (seed 7)
                              not reached
                                C: PING                         <- here
                            """);
        }
    }

    @Test
    void asksAboutTheConditionsIfADatagramIsLost() throws Exception {
        try (FakeServer server = start("udp:", "drop 2 to server", "C: PING\nS: PONG\nC: BYE");
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("PING");
            assertThat(client.receive()).isEqualTo("PONG");
            client.send("BYE");
            server.recording()
                    .awaitExchange(0)
                    .await(
                            exchange -> exchange.events().stream()
                                    .anyMatch(event -> event.kind() == Event.Kind.NETWORK
                                            && event.detail().endsWith("(lost)")),
                            Duration.ofSeconds(20));

            assertThat(Reports.of(server))
                    .contains("did not arrive within 500 ms")
                    .contains("Do the network conditions lose or hold back data? See \"network\" in the dialogue.");
        }
    }
}
