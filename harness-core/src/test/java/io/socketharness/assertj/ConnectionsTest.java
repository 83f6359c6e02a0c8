package io.socketharness.assertj;

import static io.socketharness.assertj.Clients.connect;
import static io.socketharness.assertj.Clients.failureOf;
import static io.socketharness.assertj.Clients.later;
import static io.socketharness.assertj.Clients.send;
import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Recording;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server's timeout is a minute, the tests' half of one: what fails at once must do so. */
@Timeout(30)
class ConnectionsTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private final FakeServer server = FakeServer.start("tcp:?timeout=1m");
    private final List<Socket> clients = new ArrayList<>();

    private void connectClients(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            clients.add(connect(server));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void standsBesideAssertJsOwnAssertThat() {
        assertThat(server).hasConnections(0);
        assertThat(server.recording()).hasConnections(0);
        assertThat(server.recording().exchanges()).isEmpty();
        assertThat(server.port()).isPositive();
        assertThat(server.host()).isEqualTo("127.0.0.1");
    }

    @Test
    void hasConnectionsWaitsForThem() throws Exception {
        connectClients(1);
        CompletableFuture<Void> second = later(() -> clients.add(connect(server)));

        assertThat(server).hasConnections(2);
        second.join();
    }

    @Test
    void hasConnectionsFailsAtOnceWhenThereAreMore() throws Exception {
        connectClients(2);

        assertThat(failureOf(() -> assertThat(server).hasConnections(1))).isEqualTo("""
                        tcp://127.0.0.1:PORT: expected 1 connection, but 2 were opened

                          connection 0  TIME  opened by 127.0.0.1:PORT

                          connection 1  TIME  opened by 127.0.0.1:PORT""");
    }

    @Test
    void hasConnectionsFailsWhenTooFewComeInTime() throws Exception {
        connectClients(1);

        assertThat(failureOf(() -> assertThat(server).within(SHORT).hasConnections(2)))
                .isEqualTo("""
                        tcp://127.0.0.1:PORT: expected 2 connections, but only 1 was opened within 100 ms

                          connection 0  TIME  opened by 127.0.0.1:PORT""");
    }

    @Test
    void hasConnectionsSaysThatTheServerIsDown() throws Exception {
        server.refuse();
        assertThat(failureOf(() -> assertThat(server).within(SHORT).hasConnections(2)))
                .isEqualTo("""
                        tcp://127.0.0.1:PORT: expected 2 connections, but none was opened within 100 ms

                          no client connected; the server refuses clients: refuse() was called, and listen() accepts them again""");
        server.listen();
        connectClients(1);
        assertThat(server).hasConnections(1);
        server.goDown();

        assertThat(failureOf(() -> assertThat(server).within(SHORT).hasConnections(2)))
                .endsWith("\n\n  the server is down: goDown() was called, and listen() accepts clients again");
    }

    @Test
    void hasConnectionsFailsAtOnceWhenTheServerIsClosed() {
        server.close();

        assertThat(failureOf(() -> assertThat(server).hasConnections(2))).isEqualTo("""
                        tcp://127.0.0.1:PORT: expected 2 connections, but none was opened before the server was closed

                          no client connected""");
    }

    @Test
    void hasConnectionsAtLeastAcceptsMore() throws Exception {
        connectClients(3);

        assertThat(server).hasConnections(3).hasConnectionsAtLeast(3).hasConnectionsAtLeast(1);
        assertThat(server.recording()).hasConnectionsAtLeast(0);
    }

    @Test
    void hasConnectionsAtLeastWaitsForThem() throws Exception {
        connectClients(1);
        CompletableFuture<Void> second = later(() -> clients.add(connect(server)));

        assertThat(server).hasConnectionsAtLeast(2);
        second.join();
    }

    @Test
    void hasConnectionsAtLeastFailsIfTooFewArriveInTime() throws Exception {
        connectClients(1);

        assertThat(failureOf(() -> assertThat(server).within(SHORT).hasConnectionsAtLeast(3)))
                .isEqualTo("""
                        tcp://127.0.0.1:PORT: expected at least 3 connections, but only 1 was opened within 100 ms

                          connection 0  TIME  opened by 127.0.0.1:PORT""");
    }

    @Test
    void hasConnectionsAtLeastFailsAtOnceIfTheServerIsClosed() {
        server.close();

        assertThat(failureOf(() -> assertThat(server).hasConnectionsAtLeast(1))).isEqualTo("""
                        tcp://127.0.0.1:PORT: expected at least 1 connection, but none was opened before the server was closed

                          no client connected""");
    }

    @Test
    void hasNoFurtherConnectionsPassesAfterTheWholeTime() throws Exception {
        connectClients(2);
        long start = System.nanoTime();

        assertThat(server).hasNoFurtherConnections(SHORT).hasConnections(2).hasNoFurtherConnections(SHORT);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT.multipliedBy(2));
    }

    @Test
    void hasNoFurtherConnectionsPassesAtOnceIfTheServerIsClosed() throws Exception {
        connectClients(1);
        assertThat(server).hasConnections(1);
        server.close();

        assertThat(server.recording()).hasNoFurtherConnections(Duration.ofHours(1));
    }

    @Test
    void hasNoFurtherConnectionsFailsAsSoonAsOneArrives() throws Exception {
        connectClients(1);
        CompletableFuture<Void> second = later(() -> clients.add(connect(server)));

        assertThat(failureOf(() -> assertThat(server).hasNoFurtherConnections(Duration.ofHours(1))))
                .isEqualTo("""
                        tcp://127.0.0.1:PORT: expected no further connections for 3600 s, but connection 1 (the first is 0) \
                        was opened

                          connection 1  TIME  opened by 127.0.0.1:PORT""");
        second.join();
    }

    @Test
    void hasNoFurtherConnectionsFailsForAConnectionThatWasNotCountedBefore() throws Exception {
        connectClients(1);
        FakeServerAssert counted = assertThat(server).hasConnections(1);
        FakeServerAssert atLeast = assertThat(server).hasConnectionsAtLeast(1);
        connectClients(1);
        assertThat(server).hasConnections(2);

        assertThat(failureOf(() -> counted.hasNoFurtherConnections(Duration.ZERO)))
                .startsWith("tcp://127.0.0.1:PORT: expected no further connections for 0 s, but connection 1");
        assertThat(failureOf(() -> atLeast.hasNoFurtherConnections(Duration.ZERO)))
                .startsWith("tcp://127.0.0.1:PORT: expected no further connections for 0 s, but connection 1");
        assertThat(server).hasNoFurtherConnections(Duration.ZERO);
    }

    @Test
    void furtherConnectionsOnDatagramsAreFurtherAddresses() throws Exception {
        try (FakeServer udp = FakeServer.start("udp:?timeout=1m");
                DatagramSocket known = new DatagramSocket();
                DatagramSocket further = new DatagramSocket()) {
            send(known, udp, "a");
            assertThat(udp).hasConnections(1);
            CompletableFuture<Void> same = later(() -> send(known, udp, "b"));
            assertThat(udp).hasNoFurtherConnections(SHORT).received("b");
            same.join();
            CompletableFuture<Void> other = later(() -> send(further, udp, "c"));

            assertThat(failureOf(() -> assertThat(udp).hasNoFurtherConnections(Duration.ofHours(1))))
                    .startsWith("udp://127.0.0.1:PORT: expected no further connections for 3600 s, but connection 1");
            other.join();
        }
    }

    @Test
    void aLongListOfConnectionsIsCut() throws Exception {
        connectClients(7);

        assertThat(failureOf(() -> assertThat(server).hasConnections(6)))
                .startsWith("tcp://127.0.0.1:PORT: expected 6 connections, but 7 were opened\n")
                .endsWith("\n\n  connection 4  TIME  opened by 127.0.0.1:PORT\n\n  and 2 more");
    }

    @Test
    void connectionContinuesWithItsExchange() throws Exception {
        try (FakeServer pong = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"))) {
            CompletableFuture<Void> clients = later(() -> {
                connect(pong).close();
                try (Socket second = connect(pong)) {
                    send(second, "PING\n");
                    assertThat(second.getInputStream().readNBytes(6)).hasSize(6);
                }
            });

            assertThat(pong).hasConnections(2);
            assertThat(pong)
                    .connection(1)
                    .received("PING\n")
                    .sent("PONG\r\n")
                    .completedItsScript()
                    .closedByClient();
            clients.join();
        }
    }

    @Test
    void connectionFailsWhenItDoesNotCome() throws Exception {
        connectClients(1);

        assertThat(failureOf(() -> assertThat(server.recording()).within(SHORT).connection(1)))
                .isEqualTo("""
                        tcp://127.0.0.1:PORT: expected connection 1 (the first is 0), but only 1 was opened within 100 ms

                          connection 0  TIME  opened by 127.0.0.1:PORT""");
    }

    @Test
    void connectionInheritsTheTimeAndTheDescription() throws Exception {
        connectClients(1);

        assertThat(failureOf(() -> assertThat(server)
                        .as("mail server")
                        .within(SHORT)
                        .connection(0)
                        .received("QUIT\r\n")))
                .startsWith(
                        "[mail server] tcp://127.0.0.1:PORT, connection 0: expected to receive exactly \"QUIT\\r\\n\","
                                + " but that did not happen within 100 ms\n");
    }

    @Test
    void theServersTimeoutHoldsUnlessWithinIsSaid() {
        try (FakeServer hasty = FakeServer.start("tcp:?timeout=100ms")) {
            assertThat(failureOf(() -> assertThat(hasty).connection(0))).isEqualTo("""
                            tcp://127.0.0.1:PORT: expected connection 0 (the first is 0), but none was opened within 100 ms

                              no client connected""");
        }
    }

    @Test
    void descriptionsStandBeforeEveryKindOfFailure() throws Exception {
        connectClients(1);
        send(clients.get(0), "PING\n");

        assertThat(failureOf(() -> assertThat(server).as("mail").hasConnections(0)))
                .startsWith("[mail] tcp://127.0.0.1:PORT: expected 0 connections, but 1 was opened");
        assertThat(failureOf(() -> assertThat(server).as("mail").receivedNothing(SHORT)))
                .startsWith("[mail] tcp://127.0.0.1:PORT: expected to receive nothing");
        assertThat(failureOf(() -> assertThat(server).as("mail").within(SHORT).received("PONG\n")))
                .startsWith("[mail] tcp://127.0.0.1:PORT: expected to receive exactly \"PONG\\n\"");
        assertThat(failureOf(() -> assertThat(server.recording().awaitExchange(0))
                        .as("login")
                        .within(SHORT)
                        .resetByClient()))
                .startsWith("[login] tcp://127.0.0.1:PORT, connection 0: expected the client to reset");
    }

    @Test
    void softAssertionsCollectThem() throws Exception {
        connectClients(1);
        send(clients.get(0), "PING\n");
        SoftAssertions softly = new SoftAssertions();

        softly.check(() -> assertThat(server).within(SHORT).hasConnections(2));
        softly.check(() -> assertThat(server).connection(0).received("PING\n"));
        softly.check(() -> assertThat(server).connection(0).received("PONG\n"));
        clients.get(0).close();
        server.close();
        softly.check(() -> assertThat(server.recording()).connection(0).resetByClient());

        assertThat(softly.assertionErrorsCollected())
                .extracting(
                        failure -> String.valueOf(failure.getMessage()).replaceAll("(?s).*: (expected .*?)\n.*", "$1"))
                .containsExactly(
                        "expected 2 connections, but only 1 was opened within 100 ms",
                        "expected to receive exactly \"PONG\\n\", but the received bytes differ",
                        "expected the client to reset the connection, but it was closed by the client");
    }

    @Test
    void nullIsAFailureOfTheAssertion() {
        FakeServer noServer = null;
        Recording noRecording = null;
        Exchange noExchange = null;

        assertThat(failureOf(() -> assertThat(noServer).hasConnections(0))).contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noServer).hasConnectionsAtLeast(0)))
                .contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noServer).hasNoFurtherConnections(SHORT)))
                .contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noServer).receivedNothingContaining("a", SHORT)))
                .contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noServer).connection(0))).contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noServer).received("a"))).contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noRecording).receivedNothing(SHORT)))
                .contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noExchange).received("a"))).contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noExchange).receivedNothing(SHORT)))
                .contains("Expecting actual not to be null");
        assertThat(failureOf(() -> assertThat(noExchange).wasReset())).contains("Expecting actual not to be null");
    }

    @Test
    void refusesInvalidCounts() {
        assertThat(catchThrowable(() -> assertThat(server).hasConnections(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected -1 connections; 0 or more are allowed");
        assertThat(catchThrowable(() -> assertThat(server).hasConnectionsAtLeast(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected -1 connections; 0 or more are allowed");
        assertThat(catchThrowable(() -> assertThat(server).hasNoFurtherConnections(Duration.ofSeconds(-1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the quiet time is PT-1S; 0 or more is allowed");
        assertThat(catchThrowable(() -> assertThat(server).connection(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected connection -1; the first is 0");
        assertThat(catchThrowable(() -> assertThat(server).within(Duration.ofSeconds(-1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit is PT-1S; 0 or more is allowed");
    }
}
