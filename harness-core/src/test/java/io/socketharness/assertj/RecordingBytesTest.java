package io.socketharness.assertj;

import static io.socketharness.assertj.Clients.connect;
import static io.socketharness.assertj.Clients.failureOf;
import static io.socketharness.assertj.Clients.later;
import static io.socketharness.assertj.Clients.send;
import static io.socketharness.assertj.SocketAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.recording.Bytes;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.AssertionFailedError;

/** The servers' timeout is a minute, the tests' half of one: what fails at once must do so. */
@Timeout(30)
class RecordingBytesTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private final FakeServer tcp = FakeServer.start("tcp:?timeout=1m");
    private final FakeServer udp = FakeServer.start("udp:?timeout=1m");

    @AfterEach
    void close() {
        tcp.close();
        udp.close();
    }

    @Nested
    class OfDatagrams {

        @Test
        void eachIsLookedAtByItself() throws Exception {
            try (DatagramSocket source = new DatagramSocket();
                    DatagramSocket other = new DatagramSocket()) {
                send(source, udp, "orders:1|c");
                send(source, udp, "errors:2|c");
                send(other, udp, "users:3|g");

                assertThat(udp.recording())
                        .received("orders:1|c")
                        .received("errors:2|c".getBytes(UTF_8))
                        .received(Bytes.ofText("users:3|g"))
                        .receivedContaining("errors")
                        .receivedContaining("|g".getBytes(UTF_8))
                        .receivedContaining(Bytes.ofText("orders"))
                        .receivedMatching("users:\\d\\|g")
                        .receivedMatching(Pattern.compile("USERS.*", Pattern.CASE_INSENSITIVE))
                        .receivedInOrder("orders", "errors")
                        .receivedLines("orders:1|c", "errors:2|c");
            }
        }

        @Test
        void theWantedOneMayComeLater() throws Exception {
            try (DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "errors:2|c");
                CompletableFuture<Void> count = later(() -> send(source, udp, "orders:1|c"));

                assertThat(udp).received("orders:1|c");
                count.join();
            }
        }

        @Test
        void theNearestIsShown() throws Exception {
            try (DatagramSocket source = new DatagramSocket();
                    DatagramSocket other = new DatagramSocket()) {
                send(source, udp, "users:3|g");
                send(source, udp, "order:1|c");
                send(other, udp, "errors:2|c");

                assertThat(udp).hasConnections(2);
                assertThat(failureOf(() -> assertThat(udp).within(SHORT).received("orders:1|c")))
                        .isEqualTo("""
                                udp://127.0.0.1:PORT: expected to receive exactly "orders:1|c", \
                                but that did not happen within 100 ms

                                  nearest of 3 datagrams
                                  expected  orders:1|c
                                  received  order:1|c
                                                 ^ byte 5

                                  connection 0  TIME  opened by 127.0.0.1:PORT
                                    C: users:3|g  TIME
                                    C: order:1|c  TIME""");
            }
        }

        @Test
        void nothingMoreComesToAClosedServer() throws Exception {
            try (DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "errors:2|c");
                assertThat(udp).received("errors:2|c");
                udp.close();

                assertThat(failureOf(() -> assertThat(udp).receivedMatching("orders:.*")))
                        .isEqualTo("""
                                udp://127.0.0.1:PORT: expected to receive text matching orders:.*, \
                                but the server was closed

                                  expected  orders:.*
                                  received  errors:2|c

                                  connection 0  TIME  opened by 127.0.0.1:PORT
                                    C: errors:2|c  TIME""");
            }
        }
    }

    @Nested
    class OfStreams {

        @Test
        void eachConnectionIsLookedAtByItself() throws Exception {
            try (Socket first = connect(tcp);
                    Socket second = connect(tcp)) {
                send(first, "USER anna\r\nQUIT\r\n");
                send(second, "PING\n");

                assertThat(tcp)
                        .received("PING\n")
                        .receivedContaining("anna")
                        .receivedMatching("P.NG\n")
                        .receivedInOrder("USER", "QUIT")
                        .receivedLines("USER anna", "QUIT");
            }
        }

        @Test
        void aConnectionThatDiffersLeavesHopeForAnother() throws Exception {
            try (Socket first = connect(tcp)) {
                send(first, "PONG\n");
                CompletableFuture<Void> ping = later(() -> {
                    try (Socket second = connect(tcp)) {
                        send(second, "PING\n");
                    }
                });

                assertThat(tcp.recording()).received("PING\n");
                ping.join();
            }
        }

        @Test
        void theNearestIsShown() throws Exception {
            try (Socket first = connect(tcp);
                    Socket second = connect(tcp)) {
                send(first, "USER anna\r\nSTAT\r\n");
                send(second, "QUIT\r\n");

                assertThat(tcp).hasConnections(2).received("QUIT\r\n");
                AssertionFailedError failure = (AssertionFailedError)
                        catchThrowable(() -> assertThat(tcp).within(SHORT).receivedLines("USER anna", "QUIT"));
                assertThat(failure.getExpected().getValue()).isEqualTo("USER anna\nQUIT");
                assertThat(failure.getActual().getValue()).isEqualTo("USER anna\nSTAT");
                assertThat(failureOf(() -> {
                            throw failure;
                        }))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT: expected to receive exactly the lines "USER anna", "QUIT", \
                                but that did not happen within 100 ms

                                  nearest of 2 connections
                                  line 2 of 2 differs
                                  expected  QUIT
                                  received  STAT
                                            ^ byte 0

                                  connection 0  TIME  opened by 127.0.0.1:PORT
                                    C: USER anna  TIME
                                    C: STAT  TIME""");
            }
        }

        @Test
        void theOneWithTheLongestPartIsNearest() throws Exception {
            try (Socket first = connect(tcp);
                    Socket second = connect(tcp)) {
                send(first, "RCP TO\r\n");
                send(second, "NOOP\r\n");

                assertThat(tcp).hasConnections(2).received("NOOP\r\n");
                assertThat(failureOf(() -> assertThat(tcp).within(SHORT).receivedContaining("RCPT")))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT: expected to receive bytes containing "RCPT", \
                                but that did not happen within 100 ms

                                  nearest of 2 connections
                                  expected  … RCPT …
                                  received  RCP TO\\r\\n

                                  connection 0  TIME  opened by 127.0.0.1:PORT
                                    C: RCP TO  TIME""");
            }
        }

        @Test
        void theOneWithMostPartsIsNearest() throws Exception {
            try (Socket first = connect(tcp);
                    Socket second = connect(tcp)) {
                send(first, "MAIL\r\n");
                send(second, "NOOP\r\n");

                assertThat(tcp).hasConnections(2).received("NOOP\r\n");
                assertThat(failureOf(() -> assertThat(tcp).within(SHORT).receivedInOrder("MAIL", "DATA")))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT: expected to receive "MAIL", "DATA" in this order, \
                                but that did not happen within 100 ms

                                  nearest of 2 connections
                                  found     "MAIL"
                                  missing   "DATA"
                                  received  MAIL\\r\\n

                                  connection 0  TIME  opened by 127.0.0.1:PORT
                                    C: MAIL  TIME""");
            }
        }

        @Test
        void aServerWithoutClientsSaysSo() {
            assertThat(failureOf(() -> assertThat(tcp).within(SHORT).received("PING\n")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT: expected to receive exactly "PING\\n", \
                            but that did not happen within 100 ms

                              no client connected""");
        }

        @Test
        void bytesThatAreNotKeptLeaveItOpen() throws Exception {
            try (FakeServer small = FakeServer.start("tcp:?timeout=1m&recordingLimit=8");
                    Socket first = connect(small);
                    Socket second = connect(small)) {
                send(first, "PING\n");
                assertThat(small).received("PING\n");
                send(second, "PONG\n");

                assertThat(small).connection(1);
                assertThat(failureOf(() -> assertThat(small).received("PONG\n")))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT: expected to receive exactly "PONG\\n", \
                                but not all bytes are kept, recording limit of 8 bytes reached: \
                                received bytes from 0 on and sent bytes from 0 on are not kept. Set a higher recordingLimit.

                                  expected  PONG\\n
                                  received  PING\\n
                                             ^ byte 1

                                  connection 0  TIME  opened by 127.0.0.1:PORT
                                    C: PING  TIME""");
                assertThat(small).received("PING\n");
            }
        }
    }

    @Nested
    class ReceivedNothing {

        @Test
        void holdsOnceTheTimeIsOver() throws Exception {
            try (Socket silent = connect(tcp)) {
                long start = System.nanoTime();

                assertThat(tcp).receivedNothing(SHORT).hasConnections(1);

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
            }
        }

        @Test
        void holdsAtOnceWhenTheServerIsClosed() {
            udp.close();

            assertThat(udp.recording()).receivedNothing(Duration.ofHours(1));
        }

        @Test
        void failsAtOnceWhenSomethingHasCome() throws Exception {
            try (Socket silent = connect(tcp);
                    Socket talker = connect(tcp)) {
                send(talker, "PING\n");

                assertThat(failureOf(() -> assertThat(tcp).receivedNothing(Duration.ofHours(1))))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT: expected to receive nothing for 3600 s, but bytes arrived

                                  connection 1  TIME  opened by 127.0.0.1:PORT
                                    C: PING  TIME""");
            }
        }

        @Test
        void failsAsSoonAsSomethingComesEvenIfItIsEmpty() throws Exception {
            try (DatagramSocket source = new DatagramSocket()) {
                CompletableFuture<Void> empty = later(() -> send(source, udp, ""));

                assertThat(failureOf(() -> assertThat(udp).receivedNothing(Duration.ofHours(1))))
                        .isEqualTo("""
                                udp://127.0.0.1:PORT: expected to receive nothing for 3600 s, but bytes arrived

                                  connection 0  TIME  opened by 127.0.0.1:PORT
                                    C:  TIME""");
                empty.join();
            }
        }
    }
}
