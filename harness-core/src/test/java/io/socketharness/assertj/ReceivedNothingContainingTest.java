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
import io.socketharness.recording.Exchange;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit of the tests is half a minute, so a wait of an hour shows that an assertion does not wait. */
@Timeout(30)
class ReceivedNothingContainingTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofHours(1);

    private FakeServer server;
    private Socket client;
    private Exchange exchange;

    @BeforeEach
    void connectAClient() throws IOException {
        server = FakeServer.start("tcp:?timeout=1m");
        client = connect(server);
        exchange = server.recording().awaitExchange(0);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Nested
    class OfAnExchange {

        @Test
        void passesAfterTheWholeTimeAlthoughOtherInputArrives() throws Exception {
            send(client, "EHLO client.test\r\n");
            CompletableFuture<Void> quit = later(() -> send(client, "QUIT\r\n"));
            long start = System.nanoTime();

            assertThat(exchange)
                    .receivedNothingContaining("AUTH", SHORT)
                    .receivedNothingContaining("AUTH".getBytes(UTF_8), SHORT)
                    .receivedNothingContaining(Bytes.ofText("AUTH"), SHORT)
                    .receivedNothingContainingHex("00", SHORT)
                    .received("EHLO client.test\r\nQUIT\r\n");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT.multipliedBy(4));
            quit.join();
        }

        @Test
        void passesAtOnceIfTheClientHasClosed() throws Exception {
            send(client, "EHLO client.test\r\n");
            client.close();

            assertThat(exchange).receivedNothingContaining("AUTH", LONG);
        }

        @Test
        void failsAtOnceIfItHasArrived() throws Exception {
            send(client, "EHLO client.test\r\nAUTH PLAIN\r\n");
            client.close();

            assertThat(failureOf(() -> assertThat(exchange).receivedNothingContaining("AUTH", LONG)))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive nothing containing "AUTH" \
                            for 3600 s, but it arrived

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: EHLO client.test  TIME
                                C: AUTH PLAIN  TIME
                              TIME  closed by the client""");
        }

        @Test
        void failsAsSoonAsItsLastByteArrives() throws Exception {
            send(client, "EHLO client.test\r\nAU");
            CompletableFuture<Void> rest = later(() -> send(client, "TH"));

            assertThat(failureOf(() -> assertThat(exchange).receivedNothingContaining("AUTH", LONG)))
                    .startsWith(
                            "tcp://127.0.0.1:PORT, connection 0: expected to receive nothing containing \"AUTH\" for"
                                    + " 3600 s, but it arrived");
            rest.join();
        }

        @Test
        void showsBinaryBytesInHex() throws Exception {
            send(client, 1, 0xff, 0, 2);

            assertThat(failureOf(() -> assertThat(exchange).receivedNothingContainingHex("ff00", LONG)))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive nothing containing ff 00 \
                            for 3600 s, but it arrived

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C! 01 ff 00 02  TIME""");
        }

        @Test
        void failsIfNotAllInputIsKept() throws Exception {
            try (FakeServer small = FakeServer.start("tcp:?timeout=1m&recordingLimit=4");
                    Socket talker = connect(small)) {
                send(talker, "PING\n");
                Exchange cut = small.recording().awaitExchange(0);
                assertThat(cut.await(one -> !one.isComplete(), Duration.ofSeconds(20)))
                        .isTrue();

                assertThat(failureOf(() -> assertThat(cut).receivedNothingContaining("PONG", LONG)))
                        .startsWith(
                                "tcp://127.0.0.1:PORT, connection 0: expected to receive nothing containing \"PONG\""
                                        + " for 3600 s, but not all bytes are kept, recording limit of 4 bytes reached: ");
            }
        }

        @Test
        void refusesEmptyBytesAndANegativeTime() {
            assertThat(catchThrowable(() -> assertThat(exchange).receivedNothingContaining("", SHORT)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "the bytes are empty; at least one is needed. For no input at all use receivedNothing.");
            assertThat(catchThrowable(
                            () -> assertThat(exchange).receivedNothingContaining("a", Duration.ofSeconds(-1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the quiet time is PT-1S; 0 or more is allowed");
        }
    }

    @Nested
    class OfARecording {

        @Test
        void passesAfterTheWholeTimeAlthoughOtherInputArrives() throws Exception {
            send(client, "AU");
            try (Socket other = connect(server)) {
                send(other, "TH");
                long start = System.nanoTime();

                assertThat(server)
                        .receivedNothingContaining("AUTH", SHORT)
                        .receivedNothingContaining("AUTH".getBytes(UTF_8), SHORT)
                        .receivedNothingContaining(Bytes.ofText("AUTH"), SHORT)
                        .receivedNothingContainingHex("00", SHORT)
                        .received("AU")
                        .received("TH");

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT.multipliedBy(4));
            }
        }

        @Test
        void passesAtOnceIfTheServerIsClosed() throws Exception {
            send(client, "EHLO client.test\r\n");
            assertThat(exchange).receivedContaining("EHLO");
            server.close();

            assertThat(server.recording()).receivedNothingContaining("AUTH", LONG);
        }

        @Test
        void failsAtOnceIfItHasArrivedOnAnyConnection() throws Exception {
            try (Socket other = connect(server)) {
                send(other, "AUTH PLAIN\r\n");

                assertThat(failureOf(() -> assertThat(server).receivedNothingContaining("AUTH", LONG)))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT: expected to receive nothing containing "AUTH" for 3600 s, \
                                but it arrived

                                  connection 1  TIME  opened by 127.0.0.1:PORT
                                    C: AUTH PLAIN  TIME""");
            }
        }

        @Test
        void failsAsSoonAsItArrivesOnANewConnection() throws Exception {
            CompletableFuture<Void> talk = later(() -> {
                try (Socket other = connect(server)) {
                    send(other, "AUTH");
                }
            });

            assertThat(failureOf(() -> assertThat(server).receivedNothingContaining("AUTH", LONG)))
                    .startsWith("tcp://127.0.0.1:PORT: expected to receive nothing containing \"AUTH\" for 3600 s, but"
                            + " it arrived\n\n  connection 1");
            talk.join();
        }

        @Test
        void twoDatagramsDoNotContainItTogether() throws Exception {
            try (FakeServer udp = FakeServer.start("udp:?timeout=1m");
                    DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "ab");
                send(source, udp, "cd");
                assertThat(udp).received("cd").receivedNothingContaining("bc", SHORT);
                CompletableFuture<Void> whole = later(() -> send(source, udp, "abcd"));

                assertThat(failureOf(() -> assertThat(udp).receivedNothingContaining("bc", LONG)))
                        .startsWith(
                                "udp://127.0.0.1:PORT: expected to receive nothing containing \"bc\" for 3600 s, but"
                                        + " it arrived");
                whole.join();
            }
        }
    }
}
