package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.EndOfInput;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What TCP alone has: resets, ports, a queue of connections. */
@Timeout(60)
class TcpServerTest {

    private static Client.Stream connect(FakeServer server) {
        return (Client.Stream) Client.of(server);
    }

    @Test
    void distinguishesFinFromRst() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            Client.Stream closing = connect(server);
            closing.send("bye");
            closing.close();
            Client.Stream resetting = connect(server);
            Exchange second = server.recording().awaitExchange(1);
            resetting.reset();

            Exchange first = server.recording().exchanges().get(0).awaitEnd();
            second.awaitEnd();
            assertThat(first.has(Event.Kind.HALF_CLOSED_BY_CLIENT)).isTrue();
            assertThat(first.has(Event.Kind.RESET_BY_CLIENT)).isFalse();
            assertThat(second.has(Event.Kind.RESET_BY_CLIENT)).isTrue();
            assertThat(second.has(Event.Kind.HALF_CLOSED_BY_CLIENT)).isFalse();
        }
    }

    @Test
    void aReceiveAtTheEndReportsHowItEnded() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            Client.Stream client = connect(server);
            client.raw("par");
            Connection connection = server.accept();
            client.close();
            assertThatThrownBy(connection::receiveLine)
                    .isInstanceOf(EndOfInput.class)
                    .hasMessageMatching(
                            "tcp://127\\.0\\.0\\.1:[0-9]+, connection 0: the client closed the connection while the"
                                    + " server waited for a line; 3 bytes arrived, without an end of line\n\n"
                                    + "  dialogue +[0-9.]+ ms  opened by .*\n    C< par +[0-9.]+ ms\n +[0-9.]+ ms  closed by the client")
                    .satisfies(e -> assertThat(((EndOfInput) e).partial()).isEqualTo(3));
            assertThat(connection.receive(3)).isEqualTo("par".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(connection.atEnd()).isTrue();

            Client.Stream resetting = connect(server);
            Connection second = server.accept();
            resetting.reset();
            assertThatThrownBy(second::receiveLine)
                    .isInstanceOf(EndOfInput.class)
                    .hasMessageContaining(
                            ", connection 1: the client reset the connection while the server waited for a line\n")
                    .satisfies(e -> assertThat(((EndOfInput) e).isReset()).isTrue());
        }
    }

    @Test
    void aResetIsAReset() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), reset());
                Client.Stream client = connect(server)) {
            client.send("PING");
            assertThatThrownBy(client::receive)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            server.verify();
            assertThat(server.recording().exchanges().get(0).has(Event.Kind.RESET_BY_SERVER))
                    .isTrue();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsItsPortWhileItRefuses() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.refuse();
            List<FakeServer> others = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                others.add(FakeServer.start("tcp:"));
            }
            assertThat(others).noneMatch(other -> other.port() == server.port());
            others.forEach(FakeServer::close);
            server.listen();
            connect(server).close();
        }
    }
}
