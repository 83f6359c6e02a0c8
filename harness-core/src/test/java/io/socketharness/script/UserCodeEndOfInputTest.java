package io.socketharness.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UserCodeEndOfInputTest {

    private static final Behaviour ECHO = connection -> {
        while (true) {
            connection.sendLine(connection.receiveLine());
        }
    };

    @Test
    void codeThatPassesOnTheClientsEndCompletesWithoutOutstandingSteps() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", ECHO)) {
            Exchange exchange = echoed(server);

            assertThat(exchange.await(e -> e.has(Event.Kind.COMPLETED), Duration.ofSeconds(5)))
                    .isTrue();
            assertThat(exchange.has(Event.Kind.FAILED)).isFalse();
        }
    }

    @Test
    void codeThatPassesOnTheClientsEndFailsAtOnceWithOutstandingSteps() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:?strict=false", ECHO, Behaviours.sendLine("bye"))) {
            Exchange exchange = echoed(server);

            assertThat(exchange.await(e -> e.has(Event.Kind.FAILED), Duration.ofSeconds(5)))
                    .isTrue();
            assertThat(exchange.has(Event.Kind.COMPLETED)).isFalse();
        }
    }

    private static Exchange echoed(FakeServer server) throws Exception {
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("hello\r\n");
        }
        return server.recording().awaitExchange(0);
    }
}
