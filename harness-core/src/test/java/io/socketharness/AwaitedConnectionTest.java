package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketharness.script.Connection;
import io.socketharness.testing.Reports;
import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link FakeServer#connection}. A timeout of an hour shows that a call does not wait. */
@Timeout(60)
class AwaitedConnectionTest {

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void returnsTheConnectionsInOrder(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=1h", expectLine("a"), expectLine("b"));
                Client first = Client.of(server)) {
            first.send("a");
            assertThat(server.connection(0).exchange())
                    .isSameAs(server.recording().awaitExchange(0));
            try (Client second = Client.of(server)) {
                second.send("a");

                server.connection(1).send("pushed\n");

                assertThat(second.receive().strip()).isEqualTo("pushed");
                assertThat(server.connection(1).index()).isEqualTo(1);
                assertThat(server.connections()).extracting(Connection::index).containsExactly(0, 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.socketharness.testing.Urls#all")
    void waitsForTheConnection(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url + "?timeout=1h", expectLine("a"), sendLine("b"))) {
            FutureTask<Connection> waiting = waiting(server, 0);
            try (Client client = Client.of(server)) {
                client.send("a");

                assertThat(waiting.get(20, TimeUnit.SECONDS).index()).isZero();
            }
        }
    }

    /** Starts a wait, and returns when its thread waits. */
    private static FutureTask<Connection> waiting(FakeServer server, int index) {
        FutureTask<Connection> waiting = new FutureTask<>(() -> server.connection(index));
        Thread thread = new Thread(waiting);
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return waiting;
    }

    @Test
    void saysThatNoClientConnected() {
        try (FakeServer server = FakeServer.start("tcp:?timeout=50ms")) {
            assertThat(failure(server, 0)).isEqualTo("""
                    tcp://127.0.0.1:PORT: waited for connection 0 (the first is 0), for 50 ms. No connection was opened, \
                    and the server is listening. Does a client connect to tcp://127.0.0.1:PORT?

                    tcp://127.0.0.1:PORT: no connection""");
        }
    }

    @Test
    void saysHowManyClientsConnected() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=50ms");
                Client client = Client.of(server)) {
            assertThat(failure(server, 2)).isEqualTo("""
                    tcp://127.0.0.1:PORT: waited for connection 2 (the first is 0), for 50 ms. 1 connection was opened, \
                    and the server is listening. Do clients connect 3 times to tcp://127.0.0.1:PORT?

                    tcp://127.0.0.1:PORT

                    connection 0  TIME  opened by 127.0.0.1:PORT""");
            try (Client other = Client.of(server)) {
                assertThat(failure(server, 2))
                        .contains(", for 50 ms. 2 connections were opened, and the server is listening.");
            }
        }
    }

    @Test
    void saysThatDatagramsAreMissing() throws IOException {
        try (FakeServer server = FakeServer.start("udp:?timeout=50ms&name=clock");
                Client client = Client.of(server)) {
            assertThat(failure(server, 0))
                    .startsWith(
                            "udp://127.0.0.1:PORT [clock]: waited for connection 0 (the first is 0), for 50 ms. No"
                                    + " connection was opened, and the server is listening. Does a client send to udp://127.0.0.1:PORT?\n");
            client.send("a");
            server.connection(0);
            assertThat(failure(server, 1))
                    .contains(
                            "1 connection was opened, and the server is listening. Do 2 clients send to udp://127.0.0.1:PORT?\n");
        }
    }

    @Test
    void saysThatTheServerRefusesConnections() {
        try (FakeServer server = FakeServer.start("tcp:?timeout=50ms")) {
            server.refuse();

            assertThat(failure(server, 0)).isEqualTo("""
                    tcp://127.0.0.1:PORT: waited for connection 0 (the first is 0), for 50 ms. No connection was opened, \
                    and the server is refusing. Call listen() before the client connects.

                    tcp://127.0.0.1:PORT (the server refuses clients: refuse() was called, and listen() accepts them again): \
                    no connection""");
        }
    }

    @Test
    void aClosedServerReturnsAConnectionThatHasArrived() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=1h");
                Client client = Client.of(server)) {
            server.connection(0);
            server.close();

            assertThat(server.connection(0).index()).isZero();
            assertThat(failure(server, 1)).isEqualTo("""
                    tcp://127.0.0.1:PORT: waited for connection 1 (the first is 0), but the server is closed. \
                    1 connection was opened before. Call connection(1) before the server is closed.

                    tcp://127.0.0.1:PORT

                    connection 0  TIME  opened by 127.0.0.1:PORT
                      TIME  closed by the server""");
        }
    }

    @Test
    void theEndOfTheServerEndsAWait() throws Exception {
        FakeServer server = FakeServer.start("tcp:?timeout=1h");
        FutureTask<Connection> waiting = waiting(server, 0);

        server.close();

        assertThat(catchThrowableOfType(Exception.class, () -> waiting.get(20, TimeUnit.SECONDS)))
                .cause()
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("waited for connection 0 (the first is 0), but the server is closed.");
    }

    @Test
    void refusesANegativeIndex() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> server.connection(-1))
                    .withMessage("expected connection -1; the first is 0");
        }
    }

    private static String failure(FakeServer server, int index) {
        AssertionError failure = catchThrowableOfType(AssertionError.class, () -> server.connection(index));
        assertThat(failure).as("the failure of connection(%s)", index).isNotNull();
        return Reports.message(failure);
    }
}
