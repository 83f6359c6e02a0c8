package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a server ends a connection. */
class ConnectionEndStepsTest {

    @Test
    void closeLetsTheClientReadAllEvenIfSomethingOfItIsUnread() throws IOException {
        String much = "x".repeat(100_000);
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"), send(much), close());
                TestClient client = TestClient.connect(server)) {
            client.send("a\nnobody reads this");

            assertThat(client.readToEnd()).isEqualTo(much);
            server.verify();
        }
    }

    @Test
    void closeOnDatagramsEndsTheConversation() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectLine("a"), sendLine("b"), close());
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            assertThat(client.send("a").receive()).isEqualTo("b");
            client.send("late");
            server.recording().awaitReceived("late");

            server.verify();
        }
    }

    @Test
    void halfCloseEndsTheServersSideAlone() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", sendLine("a"), halfClose(), expectLine("b"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("a\r\n");
            client.send("b\n");

            server.verify();
        }
    }

    @Test
    void resetIsSeenAsSuch() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"), reset());
                TestClient client = TestClient.connect(server)) {
            client.send("a\n");

            assertThatThrownBy(client::readToEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            server.verify();
            assertThat(server.recording().awaitExchange(0).has(Event.Kind.RESET_BY_SERVER))
                    .isTrue();
        }
    }

    @Test
    void stallSendsNothingAndReadsInput() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", sendLine("a"), stall());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("a\r\n");
            client.send("hello?");
            Exchange exchange = server.recording().awaitReceived("hello?");
            client.halfClose();

            assertThat(client.readToEnd()).isEmpty();
            server.verify();
            assertThat(exchange.sentText()).isEqualTo("a\r\n");
        }
    }

    @Test
    void aBroadcastReachesEveryOpenConnection() throws IOException {
        Behaviour script = match(when(expectLine("ALL"), broadcast("to all")), otherwise(sendLine("hello")));
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient one = TestClient.connect(server);
                TestClient two = TestClient.connect(server)) {
            assertThat(one.send("a\n").readLine()).isEqualTo("hello\r\n");
            assertThat(two.send("a\n").readLine()).isEqualTo("hello\r\n");
            two.send("ALL\n");

            assertThat(one.readLine()).isEqualTo("to all\r\n");
            assertThat(two.readLine()).isEqualTo("to all\r\n");
            server.verify();
        }
    }

    @Test
    void refusesStreamStepsOnDatagrams() {
        assertThatThrownBy(() -> FakeServer.start("udp:", expectLine("a"), reset()))
                .hasMessageContaining("@reset needs a stream: datagrams have no connection to reset");
        assertThatThrownBy(() -> FakeServer.start("udp:", maybe(expectLine("a"), halfClose())))
                .hasMessageContaining("@half-close needs a stream: datagrams have no connection to half-close");
        assertThatThrownBy(() -> FakeServer.start("udp:", frame(Framing.length(2))))
                .hasMessageContaining("@frame length 2 needs a stream: each datagram is a message already");
    }

    @Test
    void aLimitOnTheConversationOfDatagramsHolds() throws IOException {
        try (FakeServer server =
                        FakeServer.start("udp:", expectLine("a"), within(Duration.ofMillis(30)), expectLine("b"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");

            assertThatThrownBy(server::verify).hasMessageContaining("the datagram \"b\" did not arrive within ");
        }
    }
}
