package io.socketharness.assertj;

import static io.socketharness.assertj.Clients.connect;
import static io.socketharness.assertj.Clients.failureOf;
import static io.socketharness.assertj.Clients.later;
import static io.socketharness.assertj.Clients.send;
import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.discard;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.AssertionFailedError;

/** The server's timeout is a minute, the tests' half of one: what fails at once must do so. */
@Timeout(30)
class ExchangeBytesTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private FakeServer server;
    private Socket client;
    private Exchange exchange;

    @BeforeEach
    void connectAClient() throws IOException {
        server = FakeServer.start("tcp:?timeout=1m", discard());
        client = connect(server);
        exchange = server.recording().awaitExchange(0);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Nested
    class Received {

        @Test
        void holdsWhenAllBytesSoFarAreTheText() throws Exception {
            assertThat(exchange).received("");

            send(client, "PING\r\n");

            assertThat(exchange)
                    .received("PING\r\n")
                    .received("PING\r\n".getBytes(UTF_8))
                    .received(Bytes.ofText("PING\r\n"));
        }

        @Test
        void waitsForTheRest() throws Exception {
            send(client, "PI");
            CompletableFuture<Void> rest = later(() -> send(client, "NG\n"));

            assertThat(exchange).received("PING\n");
            rest.join();
        }

        @Test
        void failsAtOnceIfReceivedBytesDiffer() throws Exception {
            send(client, "EHLO klient.test\r\n");

            assertThat(failureOf(() -> assertThat(exchange).received("EHLO client.test\r\n")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive exactly "EHLO client.test\\r\\n", \
                            but the received bytes differ

                              expected  EHLO client.test\\r\\n
                              received  EHLO klient.test\\r\\n
                                             ^ byte 5

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: EHLO klient.test  TIME""");
        }

        @Test
        void failsAtOnceWhenMoreCame() throws Exception {
            send(client, "PING\nPING\n");

            assertThat(failureOf(() -> assertThat(exchange).received("PING\n")))
                    .startsWith("tcp://127.0.0.1:PORT, connection 0: expected to receive exactly \"PING\\n\","
                            + " but the received bytes differ\n");
        }

        @Test
        void failsAtOnceWhenTheClientHasClosed() throws Exception {
            send(client, "PI");
            client.close();

            assertThat(failureOf(() -> assertThat(exchange).received("PING\n"))).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive exactly "PING\\n", \
                            but it was closed by the client

                              expected  PING\\n
                              received  PI
                                          ^ byte 2

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C< PI  TIME
                              TIME  closed by the client""");
        }

        @Test
        void failsWhenTheServerIsClosedMeanwhile() {
            CompletableFuture<Void> end = later(server::close);

            assertThat(failureOf(() -> assertThat(exchange).received("PING\n"))).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive exactly "PING\\n", \
                            but it was closed by the server

                              expected  PING\\n
                              received  (nothing)
                                        ^ byte 0

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  closed by the server""");
            end.join();
        }

        @Test
        void failsWhenItDoesNotComeInTime() throws Exception {
            send(client, 0x01, 0xff);

            assertThat(failureOf(
                            () -> assertThat(exchange).within(SHORT).received(new byte[] {0x01, (byte) 0xff, 0x02})))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive exactly 01 ff 02, \
                            but that did not happen within 100 ms

                              expected  01 ff 02
                              received  01 ff
                                              ^ byte 2

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C! 01 ff  TIME""");
        }

        @Test
        void handsBothTextsToToolsThatCompareThem() throws Exception {
            send(client, "100%s");

            AssertionFailedError failure = (AssertionFailedError)
                    catchThrowable(() -> assertThat(exchange).received("100%d"));

            assertThat(failure.getExpected().getValue()).isEqualTo("100%d");
            assertThat(failure.getActual().getValue()).isEqualTo("100%s");
            assertThat(failure).hasMessageContaining("expected  100%d\n  received  100%s\n");
        }

        @Test
        void takesTheDatagramsOfOneSourceTogether() throws Exception {
            try (FakeServer udp = FakeServer.start("udp:");
                    DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "a:1|c");
                send(source, udp, "b:1|c");

                assertThat(udp).connection(0).receivedContaining("b").received("a:1|cb:1|c");
            }
        }

        @Test
        void failsWhenNotAllBytesAreKept() throws Exception {
            try (FakeServer small = FakeServer.start("tcp:?timeout=1m&recordingLimit=4");
                    Socket talker = connect(small)) {
                send(talker, "PING\n");

                assertThat(failureOf(() -> assertThat(small).connection(0).received("PING\n")))
                        .isEqualTo("""
                                tcp://127.0.0.1:PORT, connection 0: expected to receive exactly "PING\\n", \
                                but not all bytes are kept, recording limit of 4 bytes reached: \
                                received bytes from 0 on and sent bytes from 0 on are not kept. Set a higher recordingLimit.

                                  dialogue  TIME  opened by 127.0.0.1:PORT
                                  TIME  recording limit of 4 bytes reached: \
                                received bytes from 0 on and sent bytes from 0 on are not kept
                                    C  TIME  5 bytes, not kept""");
            }
        }
    }

    @Nested
    class ReceivedContaining {

        @Test
        void holdsWhenTheTextStandsSomewhere() throws Exception {
            send(client, "MAIL FROM:<a@test>\r\n");

            assertThat(exchange)
                    .receivedContaining("<a@test>")
                    .receivedContaining("MAIL".getBytes(UTF_8))
                    .receivedContaining(Bytes.ofText("\r\n"));
        }

        @Test
        void waitsForIt() throws Exception {
            send(client, "MAIL FROM:<a@");
            CompletableFuture<Void> rest = later(() -> send(client, "test>\r\n"));

            assertThat(exchange).receivedContaining("<a@test>");
            rest.join();
        }

        @Test
        void failsAtOnceWhenTheClientHasEnded() throws Exception {
            send(client, "MAIL FROM:<a@test>\r\n");
            client.close();

            assertThat(failureOf(() -> assertThat(exchange).receivedContaining("RCPT")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive bytes containing "RCPT", \
                            but it was closed by the client

                              expected  … RCPT …
                              received  MAIL FROM:<a@test>\\r\\n

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: MAIL FROM:<a@test>  TIME
                              TIME  closed by the client""");
        }

        @Test
        void isNotMetByTwoDatagrams() throws Exception {
            try (FakeServer udp = FakeServer.start("udp:");
                    DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "ab");
                send(source, udp, "cd");

                assertThat(udp).connection(0).receivedLines("ab", "cd").receivedContaining("cd");
                assertThat(failureOf(() ->
                                assertThat(udp).connection(0).within(SHORT).receivedContaining("bc")))
                        .contains("expected to receive bytes containing \"bc\", but that did not happen");
            }
        }
    }

    @Nested
    class ReceivedMatching {

        @Test
        void holdsWhenAllOfItMatches() throws Exception {
            send(client, "EHLO client.test\r\n");

            assertThat(exchange)
                    .receivedMatching("EHLO \\S+\r\n")
                    .receivedMatching(Pattern.compile("ehlo .*\r\n", Pattern.CASE_INSENSITIVE));
        }

        @Test
        void waitsForTheRestOfACharacter() throws Exception {
            send(client, 'n', 'a', 0xc3);
            CompletableFuture<Void> rest = later(() -> send(client, 0xaf, 'v', 'e'));

            assertThat(exchange).receivedMatching("na[ïi]ve");
            rest.join();
        }

        @Test
        void failsAtOnceWhenNothingThatFollowsCanMatch() throws Exception {
            send(client, "HELO client.test\r\n");

            assertThat(failureOf(() -> assertThat(exchange).receivedMatching("EHLO \\S+\r?\n")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive text matching EHLO \\S+\\r?\\n, \
                            but the received bytes differ

                              expected  EHLO \\S+\\r?\\n
                              received  HELO client.test\\r\\n

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: HELO client.test  TIME""");
        }

        @Test
        void failsWhenTheRestDoesNotComeInTime() throws Exception {
            send(client, "EH");

            assertThat(failureOf(() -> assertThat(exchange).within(SHORT).receivedMatching("EHLO.*")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive text matching EHLO.*, \
                            but that did not happen within 100 ms

                              expected  EHLO.*
                              received  EH

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C< EH  TIME""");
        }
    }

    @Nested
    class ReceivedInOrder {

        @Test
        void allowsOtherBytesInBetween() throws Exception {
            send(client, "MAIL\r\nRCPT\r\nDATA\r\n");

            assertThat(exchange).receivedInOrder("MAIL", "DATA");
        }

        @Test
        void waitsForTheNextPart() throws Exception {
            send(client, "MAIL\r\nRCPT\r\n");
            CompletableFuture<Void> rest = later(() -> send(client, "DATA\r\n"));

            assertThat(exchange).receivedInOrder("MAIL", "DATA");
            rest.join();
        }

        @Test
        void failsAtOnceWhenTheClientHasEnded() throws Exception {
            send(client, "MAIL\r\nRCPT\r\n");
            client.close();

            assertThat(failureOf(() -> assertThat(exchange).receivedInOrder("RCPT", "MAIL")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive "RCPT", "MAIL" in this order, \
                            but it was closed by the client

                              found     "RCPT"
                              missing   "MAIL", which came earlier
                              received  MAIL\\r\\nRCPT\\r\\n

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: MAIL  TIME
                                C: RCPT  TIME
                              TIME  closed by the client""");
        }

        @Test
        void doesNotTakeAPartTwice() throws Exception {
            send(client, "MAIL");
            client.close();

            assertThat(failureOf(() -> assertThat(exchange).receivedInOrder("MAIL", "MAIL")))
                    .contains("found     \"MAIL\"\n  missing   \"MAIL\"\n");
        }
    }

    @Nested
    class ReceivedLines {

        @Test
        void holdsWhenTheyAreAllThatCame() throws Exception {
            assertThat(exchange).receivedLines();

            send(client, "USER anna\r\nLIST\n\r\nQUIT");

            assertThat(exchange).receivedLines("USER anna", "LIST", "", "QUIT");
        }

        @Test
        void waitsForTheRestOfALineAndOfItsEnd() throws Exception {
            send(client, "USER anna\r");
            CompletableFuture<Void> rest = later(() -> {
                send(client, "\nQU");
                send(client, "IT\r\n");
            });

            assertThat(exchange).receivedLines("USER anna", "QUIT");
            rest.join();
        }

        @Test
        void failsAtOnceWhenALineDiffers() throws Exception {
            send(client, "USER anna\r\nSTAT\r\n");

            assertThat(failureOf(() -> assertThat(exchange).receivedLines("USER anna", "LIST", "QUIT")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive \
                            exactly the lines "USER anna", "LIST", "QUIT", but the received bytes differ

                              line 2 of 3 differs
                              expected  LIST
                              received  STAT
                                        ^ byte 0

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: USER anna  TIME
                                C: STAT  TIME""");
        }

        @Test
        void failsAtOnceWhenThereIsOneTooMany() throws Exception {
            send(client, "USER anna\r\nQUIT\r\n");

            assertThat(failureOf(() -> assertThat(exchange).receivedLines("USER anna")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive \
                            exactly the lines "USER anna", but the received bytes differ

                              line 2 is one too many
                              received  QUIT

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: USER anna  TIME
                                C: QUIT  TIME""");
        }

        @Test
        void failsWhenOneIsMissing() throws Exception {
            send(client, "USER anna\r\n");
            client.close();

            assertThat(failureOf(() -> assertThat(exchange).receivedLines("USER anna", "QUIT")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive \
                            exactly the lines "USER anna", "QUIT", but it was closed by the client

                              line 2 of 2 is missing
                              expected  QUIT

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: USER anna  TIME
                              TIME  closed by the client""");
        }

        @Test
        void areTheDatagramsOfOneSource() throws Exception {
            try (FakeServer udp = FakeServer.start("udp:?timeout=1m");
                    DatagramSocket source = new DatagramSocket()) {
                send(source, udp, "a:1|c");
                send(source, udp, "b:1|c\n");

                assertThat(udp).connection(0).receivedLines("a:1|c", "b:1|c\n");
                assertThat(failureOf(() -> assertThat(udp).connection(0).receivedLines("a:1|c", "b:2|c")))
                        .isEqualTo("""
                                udp://127.0.0.1:PORT, connection 0: expected to receive \
                                exactly the lines "a:1|c", "b:2|c", but the received bytes differ

                                  datagram 2 of 2 differs
                                  expected  b:2|c
                                  received  b:1|c\\n
                                              ^ byte 2

                                  dialogue  TIME  opened by 127.0.0.1:PORT
                                    C: a:1|c  TIME
                                    C< b:1|c\\n  TIME""");
            }
        }
    }

    @Nested
    class Sent {

        @Test
        void holdsWhenAllBytesSoFarAreTheText() throws Exception {
            server.broadcast("220 hi\r\n");

            assertThat(exchange)
                    .sent("220 hi\r\n")
                    .sent("220 hi\r\n".getBytes(UTF_8))
                    .sent(Bytes.ofText("220 hi\r\n"));
        }

        @Test
        void waitsForTheAnswer() throws Exception {
            try (FakeServer pong = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"));
                    Socket player = connect(pong)) {
                CompletableFuture<Void> ping = later(() -> send(player, "PING\n"));

                assertThat(pong).connection(0).sent("PONG\r\n").received("PING\n");
                ping.join();
            }
        }

        @Test
        void failsAtOnceIfSentBytesDiffer() throws Exception {
            server.broadcast("220 hi\r\n");

            assertThat(failureOf(() -> assertThat(exchange).sent("220 hello\r\n")))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to send exactly "220 hello\\r\\n", \
                            but the sent bytes differ

                              expected  220 hello\\r\\n
                              sent      220 hi\\r\\n
                                             ^ byte 5

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                S: 220 hi  TIME""");
        }

        @Test
        void failsAtOnceWhenTheServerSendsNoMore() throws Exception {
            server.connection(0).halfClose();

            assertThat(failureOf(() -> assertThat(exchange).sent("220 hi\r\n"))).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to send exactly "220 hi\\r\\n", \
                            but it was half-closed by the server

                              expected  220 hi\\r\\n
                              sent      (nothing)
                                        ^ byte 0

                              dialogue  TIME  opened by 127.0.0.1:PORT
                              TIME  half-closed by the server""");
        }

        @Test
        void waitsOnWhereTheClientAloneHasClosedItsSide() throws Exception {
            client.shutdownOutput();
            assertThat(exchange).closedByClient();

            assertThat(failureOf(() -> assertThat(exchange).within(SHORT).sent("bye")))
                    .contains(" expected to send exactly \"bye\", but ");
        }
    }

    @Nested
    class ReceivedNothing {

        @Test
        void holdsOnceTheTimeIsOver() {
            long start = System.nanoTime();

            assertThat(exchange).receivedNothing(SHORT);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        }

        @Test
        void holdsAtOnceWhenTheClientHasEnded() throws Exception {
            client.close();

            assertThat(exchange).receivedNothing(Duration.ofHours(1));
        }

        @Test
        void failsAtOnceWhenSomethingHasCome() throws Exception {
            send(client, "EHLO client.test\r\n");

            assertThat(failureOf(() -> assertThat(exchange).receivedNothing(Duration.ofHours(1))))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: expected to receive nothing for 3600 s, \
                            but bytes arrived

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: EHLO client.test  TIME""");
        }

        @Test
        void failsAsSoonAsSomethingComes() {
            CompletableFuture<Void> talk = later(() -> send(client, "EHLO"));

            assertThat(failureOf(() -> assertThat(exchange).receivedNothing(Duration.ofHours(1))))
                    .startsWith("tcp://127.0.0.1:PORT, connection 0: expected to receive nothing for 3600 s, but"
                            + " bytes arrived");
            talk.join();
        }

        @Test
        void refusesANegativeTime() {
            assertThat(catchThrowable(() -> assertThat(exchange).receivedNothing(Duration.ofSeconds(-1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the quiet time is PT-1S; 0 or more is allowed");
        }
    }
}
