package io.socketharness.assertj;

import static io.socketharness.assertj.Clients.connect;
import static io.socketharness.assertj.Clients.failureOf;
import static io.socketharness.assertj.Clients.later;
import static io.socketharness.assertj.Clients.send;
import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.script.Behaviour;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server's timeout is a minute, the tests' half of one: what fails at once must do so. */
@Timeout(30)
class ExchangeEndAssertionsTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private FakeServer server = FakeServer.start("tcp:?timeout=1m");
    private Socket client = new Socket();

    private ExchangeAssert talk(Behaviour... steps) throws IOException {
        server.close();
        server = FakeServer.start("tcp:?timeout=1m&strict=false", steps);
        client = connect(server);
        return assertThat(server.recording().awaitExchange(0));
    }

    @AfterEach
    void end() throws IOException {
        client.close();
        server.close();
    }

    @Nested
    class ClosedByClient {

        @Test
        void holdsOnceItsFinHasCome() throws Exception {
            ExchangeAssert exchange = talk();
            client.close();

            exchange.closedByClient();
        }

        @Test
        void waitsForTheFin() throws Exception {
            ExchangeAssert exchange = talk();
            CompletableFuture<Void> end = later(client::shutdownOutput);

            exchange.closedByClient();
            end.join();
        }

        @Test
        void failsAtOnceWhenTheClientHasResetTheConnection() throws Exception {
            ExchangeAssert exchange = talk();
            Clients.reset(client);

            assertThat(failureOf(exchange::closedByClient)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected the client to close the connection, \
                            but it was reset by the client

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  reset by the client""");
        }

        @Test
        void failsWhenTheServerHasClosedAndLetGo() throws Exception {
            ExchangeAssert exchange = talk(close());

            assertThat(failureOf(exchange::closedByClient)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected the client to close the connection, \
                            but it was closed by the server

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  closed by the server""");
        }

        @Test
        void failsWhenTheClientDoesNotInTime() throws Exception {
            ExchangeAssert exchange = talk();

            assertThat(failureOf(() -> exchange.within(SHORT).closedByClient())).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected the client to close the connection, \
                            but that did not happen within 100 ms

                              dialogue  TIME  opened by 127.0.0.1:PORT""");
        }

        @Test
        void failsAtOnceForDatagrams() throws Exception {
            try (FakeServer udp = FakeServer.start("udp:?timeout=1m");
                    DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "a");

                assertThat(failureOf(() -> assertThat(udp).connection(0).closedByClient()))
                        .isEqualTo("""
                                udp://127.0.0.1:PORT, connection 0: expected the client to close the connection, \
                                but datagrams have no connection to close or reset

                                  dialogue  TIME  opened by 127.0.0.1:PORT
                                    C: a  TIME""");
            }
        }
    }

    @Nested
    class ResetByClient {

        @Test
        void holdsOnceItsRstHasCome() throws Exception {
            ExchangeAssert exchange = talk();
            Clients.reset(client);

            exchange.resetByClient().wasReset();
        }

        @Test
        void waitsForTheRst() throws Exception {
            ExchangeAssert exchange = talk();
            CompletableFuture<Void> end = later(() -> Clients.reset(client));

            exchange.resetByClient();
            end.join();
        }

        @Test
        void failsAtOnceWhenTheClientHasClosed() throws Exception {
            ExchangeAssert exchange = talk();
            client.close();

            assertThat(failureOf(exchange::resetByClient)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected the client to reset the connection, \
                            but it was closed by the client

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  closed by the client""");
        }

        @Test
        void failsAtOnceWhenTheServerHasResetTheConnection() throws Exception {
            ExchangeAssert exchange = talk(reset());

            assertThat(failureOf(exchange::resetByClient)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected the client to reset the connection, \
                            but it was reset by the server

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  reset by the server""");
        }
    }

    @Nested
    class WasReset {

        @Test
        void holdsWhenTheServerHasReset() throws Exception {
            talk(reset()).wasReset();
        }

        @Test
        void waitsForTheServersReset() throws Exception {
            ExchangeAssert exchange = talk(expectLine("PING"), reset());
            CompletableFuture<Void> ping = later(() -> send(client, "PING\n"));

            exchange.wasReset();
            ping.join();
        }

        @Test
        void failsWhenTheServerHasClosedAndLetGo() throws Exception {
            ExchangeAssert exchange = talk(close());

            assertThat(failureOf(exchange::wasReset)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected the connection to be reset, \
                            but it was closed by the server

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  closed by the server""");
        }
    }

    @Nested
    class CompletedItsScript {

        @Test
        void holdsOnceTheLastStepIsDone() throws Exception {
            ExchangeAssert exchange = talk(expectLine("PING"), sendLine("PONG"));
            send(client, "PING\n");

            exchange.completedItsScript();
        }

        @Test
        void waitsForTheLastStep() throws Exception {
            ExchangeAssert exchange = talk(expectLine("PING"), close());
            CompletableFuture<Void> ping = later(() -> send(client, "PING\n"));

            exchange.completedItsScript();
            ping.join();
        }

        @Test
        void failsAtOnceWhenAStepHasFailed() throws Exception {
            ExchangeAssert exchange = talk(expectLine("PING"), sendLine("PONG"));
            send(client, "PONG\n");
            client.shutdownOutput();

            assertThat(failureOf(exchange::completedItsScript))
                    .startsWith("tcp://127.0.0.1:PORT, connection 0: expected its script to be completed,"
                            + " but the script failed at step 1 of 2: expected PING, received PONG\n\n  dialogue "
                            + " TIME  opened by 127.0.0.1:PORT\n"
                            + "    C: PONG  TIME\n");
        }

        @Test
        void everyAssertionFailsWithTheReasonOfTheScript() throws Exception {
            ExchangeAssert exchange = talk(expectLine("PING"), sendLine("PONG"));
            send(client, "PONG\n");
            client.shutdownOutput();
            assertThat(server.recording()
                            .awaitExchange(0)
                            .await(e -> e.has(Event.Kind.FAILED) && e.isEnded(), Duration.ofSeconds(30)))
                    .isTrue();

            for (ThrowingCallable asked : List.<ThrowingCallable>of(
                    () -> exchange.receivedContaining("QUIT"),
                    () -> exchange.receivedLines("PONG", "QUIT"),
                    () -> exchange.sent("PONG\r\n"),
                    () -> exchange.negotiated("TLSv1.3"),
                    exchange::resetByClient)) {
                assertThat(failureOf(asked))
                        .containsPattern("\\Atcp://127.0.0.1:PORT, connection 0: expected .+, but the script failed at"
                                + " step 1 of 2: expected PING, received PONG\n");
            }
            assertThatThrownBy(() -> server.recording().exchanges().get(0).awaitReceived("QUIT"))
                    .hasMessageContaining(
                            ", connection 0: waited for it to receive \"QUIT\", but it has ended: the script"
                                    + " failed at step 1 of 2: expected PING, received PONG\n");
        }

        @Test
        void waitsForWhatTheClientStillSendsAfterAFailure() throws Exception {
            try (FakeServer udp = FakeServer.start("udp:?timeout=1m&strict=false", expectLine("PING"));
                    DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "PONG");
                ExchangeAssert exchange = assertThat(udp).connection(0);
                assertThat(udp.recording()
                                .awaitExchange(0)
                                .await(e -> e.has(Event.Kind.FAILED), Duration.ofSeconds(30)))
                        .isTrue();
                CompletableFuture<Void> more = later(() -> send(source, udp, "QUIT"));

                exchange.receivedContaining("QUIT");
                more.join();
            }
        }

        @Test
        void failsWhenTheServerIsClosedMeanwhile() throws Exception {
            ExchangeAssert exchange = talk(expectLine("PING"));
            CompletableFuture<Void> end = later(server::close);

            assertThat(failureOf(exchange::completedItsScript)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected its script to be completed, \
                            but the server was closed

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  closed by the server""");
            end.join();
        }

        @Test
        void failsWhenTheStepsAreNotDoneInTime() throws Exception {
            ExchangeAssert exchange = talk(expectLine("PING"), sendLine("PONG"));

            assertThat(failureOf(() -> exchange.within(SHORT).completedItsScript()))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected its script to be completed, \
                            but that did not happen within 100 ms

                              dialogue  TIME  opened by 127.0.0.1:PORT""");
        }
    }
}
