package io.socketharness.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviours;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExchangeEventsTest {

    @Test
    void hasReportsBytesLikeAnyOtherEvent() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Behaviours.expectLine("PING"), Behaviours.sendLine("PONG"));
                Socket client = new Socket(server.host(), server.port())) {
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.has(Event.Kind.RECEIVED)).isFalse();
            assertThat(exchange.has(Event.Kind.SENT)).isFalse();

            client.getOutputStream().write("PING\n".getBytes(StandardCharsets.UTF_8));
            assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("PONG\r\n");

            assertThat(exchange.has(Event.Kind.RECEIVED)).isTrue();
            assertThat(exchange.has(Event.Kind.SENT)).isTrue();
        }
    }
}
