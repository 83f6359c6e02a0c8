package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Delays, drips and limits. */
class TimingTest {

    @Test
    void aDelayDrainsInput() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", sendLine("a"), delay(Duration.ofSeconds(1)), sendLine("b"), expectLine("x"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("a\r\n");
            client.send("x\n");
            assertThat(client.readLine()).isEqualTo("b\r\n");
            server.verify();

            List<Event> events = server.recording().awaitExchange(0).events();
            Event before = events.get(1);
            Event received = events.get(2);
            Event after = events.get(3);
            assertThat(received.kind()).isEqualTo(Event.Kind.RECEIVED);
            assertThat(after.at().minus(before.at())).isGreaterThanOrEqualTo(Duration.ofMillis(990));
            assertThat(received.at()).isLessThan(after.at());
        }
    }

    @Test
    void aDripSplitsSentData() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        repeat(1, drip(3, Duration.ofMillis(20)), sendLine("12345"), send("67")),
                        send("89abcdef"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.read(17)).isEqualTo("12345\r\n6789abcdef");
            server.verify();

            List<Event> sent = server.recording().awaitExchange(0).events().stream()
                    .filter(e -> e.kind() == Event.Kind.SENT)
                    .toList();
            assertThat(sent).extracting(e -> e.bytes().text()).containsExactly("123", "45\r", "\n", "67", "89abcdef");
            assertThat(sent.get(1).at().minus(sent.get(0).at())).isGreaterThanOrEqualTo(Duration.ofMillis(20));
            assertThat(sent.get(2).at().minus(sent.get(1).at())).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        }
    }

    @Test
    void aStepThatTakesLongerThanItsLimitFails() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", within(Duration.ofMillis(50)), expectLine("a"));
                TestClient client = TestClient.connect(server)) {
            client.send("x".repeat(3));

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server))
                    .contains(
                            "step 2 of 2 failed\n\n  the line \"a\" did not arrive within 50 ms, the limit that @within sets; 3 bytes arrived, without an end of line\n");
        }
    }
}
