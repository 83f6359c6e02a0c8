package io.socketharness.examples.reconnect;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.drip;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client that must get over faults: one script a connection, and faults are steps like any other. */
class ReconnectTest {

    // tag::tcp[]
    @Test
    void reconnectsAfterAReset(@SocketServer(transport = "tcp") FakeServer server) throws Exception {
        server.enqueue(expectLine("PING"), reset());
        server.enqueue(expectLine("PING"), sendLine("PONG"));

        assertThat(new LineClient(server.address()).ping()).isEqualTo("PONG");

        assertThat(server).hasConnections(2);
        assertThat(server).connection(1).received("PING\n").sent("PONG\r\n");
    }
    // end::tcp[]

    // tag::faults[]
    @Test
    void recoversFromNetworkFaults(@SocketServer FakeServer server) throws Exception {
        server.enqueue(expectLine("PING"), reset()); // a RST instead of an answer
        server.enqueue(expectLine("PING"), send("PO"), close()); // half an answer, then a FIN
        server.enqueue(expectLine("PING"), drip(1, Duration.ofMillis(10)), sendLine("PONG")); // byte by byte

        assertThat(new LineClient(server.address()).ping()).isEqualTo("PONG");

        server.refuse(); // from now on, "Connection refused"
        assertThatThrownBy(() -> new LineClient(server.address()).ping()).isInstanceOf(ConnectException.class);
    }
    // end::faults[]

    // tag::restart[]
    @Test
    void reconnectsWhenTheServerIsBack(@SocketServer FakeServer server) throws Exception {
        server.enqueue(expectLine("PING"), sendLine("PONG")); // before the restart
        server.enqueue(expectLine("PING"), sendLine("PONG")); // after it
        LineClient client = new LineClient(server.address());
        assertThat(client.ping()).isEqualTo("PONG");

        server.goDown(); // resets open connections, and refuses new ones
        assertThatThrownBy(client::ping).isInstanceOf(ConnectException.class);

        server.listen(); // up again, on the same port
        assertThat(client.ping()).isEqualTo("PONG");

        assertThat(server).hasConnections(2);
    }
    // end::restart[]

    // tag::another[]
    @Test
    void findsAnotherServerOnTheSamePort() throws Exception {
        LineClient client;
        int port;
        try (FakeServer first = FakeServer.start("tcp:", expectLine("PING"), reset())) {
            port = first.port();
            client = new LineClient(first.address());
            assertThatThrownBy(client::ping).isInstanceOf(IOException.class);
        }
        try (FakeServer second = FakeServer.start("tcp://127.0.0.1:" + port, expectLine("PING"), sendLine("PONG"))) {
            assertThat(client.ping()).isEqualTo("PONG");

            second.verify();
        }
    }
    // end::another[]
}
