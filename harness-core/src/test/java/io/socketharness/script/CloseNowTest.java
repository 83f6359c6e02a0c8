package io.socketharness.script;

import static io.socketharness.script.Behaviours.closeNow;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.stall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that closes at once, and reads nothing more. */
@Timeout(60)
class CloseNowTest {

    private static final int MEBIBYTE = 1 << 20;

    static Stream<String> streams() {
        return Stream.of("tcp:", "tlsv1.2:", "tlsv1.3:", "unix:", "unix:@socket-harness-now-" + System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void theClientReadsWhatWasSentBefore(String url) throws IOException {
        String much = "x".repeat(100_000);
        try (FakeServer server = FakeServer.start(url, expectLine("a"), sendLine(much), closeNow());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\n").readToEnd()).isEqualTo(much + "\r\n");

            server.verify();
            assertThat(server.recording().awaitExchange(0).has(Event.Kind.CLOSED))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aClientThatSendsOnGetsAnError(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url, expectLine("a"), closeNow());
                TestClient client = TestClient.connect(server)) {
            client.send("a\n");

            assertThat(new Flood(client).error()).isInstanceOf(IOException.class);
            server.verify();
        }
    }

    /** A stalled server reads about 1 MiB, so that the client's writes block. */
    @ParameterizedTest
    @MethodSource("streams")
    void unreadInputIsNotRead(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url, sendLine("a"), stall());
                TestClient client = TestClient.connect(server)) {
            Flood flood = new Flood(client);
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.await(e -> e.received().size() >= MEBIBYTE, Duration.ofSeconds(20)))
                    .isTrue();
            server.connection(0).closeNow();

            assertThat(flood.error()).isInstanceOf(IOException.class);
            assertThat(exchange.received().size()).isLessThan(2 * MEBIBYTE);
            server.verify();
        }
    }

    /** The system reports the unread input once: to a send that is blocked, or to the read at the end. */
    @Test
    void aUnixClientReadsItsDataAndThenGetsAResetForUnreadInput() throws Exception {
        try (FakeServer server = FakeServer.start("unix:", sendLine("bye"), stall());
                TestClient client = TestClient.connect(server)) {
            Flood flood = new Flood(client);
            flood.awaitUnread();
            server.connection(0).closeNow();

            String refused = String.valueOf(flood.error().getMessage());
            assertThat(client.readLine()).isEqualTo("bye\r\n");
            if (refused.contains("Broken pipe")) {
                assertThatThrownBy(client::readLine)
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            } else {
                assertThat(refused).contains("reset");
                assertThat(client.readLine()).isEmpty();
            }
            assertThatThrownBy(() -> client.send("more"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Broken pipe");
        }
    }

    /** A {@code close()} that still reads would take in whatever the client sends in that time. */
    @Test
    void endsACloseThatStillReads() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", sendLine("a"), stall());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("a\r\n");
            Connection connection = server.connection(0);
            CountDownLatch closed = new CountDownLatch(1);
            Thread closing = new Thread(() -> {
                connection.close();
                closed.countDown();
            });
            closing.start();
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.await(e -> e.has(Event.Kind.CLOSED), Duration.ofSeconds(20)))
                    .isTrue();
            connection.closeNow();

            assertThat(client.readToEnd()).isEmpty();
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(exchange.events().stream().filter(e -> e.kind() == Event.Kind.CLOSED))
                    .hasSize(1);
            server.verify();
        }
    }

    @Test
    void isRecordedAndReplayed() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("a"), sendLine("b"), closeNow());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("a\r\n").readToEnd()).isEqualTo("b\r\n");
            server.verify();

            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.events().stream()
                            .filter(e -> e.kind() == Event.Kind.CLOSED)
                            .map(Event::detail))
                    .containsExactly("closed by the server at once");
            assertThat(exchange.dialogue("dialogue")).contains("closed by the server at once");
            assertThat(Script.parse(exchange.toScript())).hasToString("C: a\nS: b\n@close now\n");
        }
    }

    @Test
    void aSecondCallDoesNothing() throws IOException {
        Behaviour twice = connection -> {
            connection.closeNow();
            connection.closeNow();
            connection.close();
        };
        try (FakeServer server = FakeServer.start("tcp:", twice);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();
            server.verify();
        }
    }

    @Test
    void nothingCanBeSentAfterwards() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", c -> {
                    c.closeNow();
                    c.send("late");
                });
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();
            awaitFailure(server);

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the server has closed its side of the connection; nothing more can be sent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp:", "dtls:"})
    void isRefusedOnDatagrams(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start(url, expectLine("a"), closeNow()))
                .withMessage("over " + url.replace(":", "")
                        + ", @close now needs a stream: datagrams have no connection to close at once; use @close");
    }

    @Test
    void codeThatClosesAtOnceOnDatagramsFails() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectLine("a"), Connection::closeNow);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");
            awaitFailure(server);

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("datagrams have no connection to close at once; use close()");
        }
    }

    private static void awaitFailure(FakeServer server) {
        assertThat(server.recording().awaitExchange(0).await(e -> e.has(Event.Kind.FAILED), Duration.ofSeconds(20)))
                .isTrue();
    }

    /** A client that sends without end, on a thread. */
    private static final class Flood {

        /** A stalled server stops reading at 1 MiB, and its last read has 16 KiB at most. */
        private static final int MOST_READ = MEBIBYTE + 16_384;

        private final CountDownLatch unread = new CountDownLatch(1);
        private final FutureTask<IOException> error;

        Flood(TestClient client) {
            error = new FutureTask<>(() -> {
                byte[] piece = new byte[8192];
                long sent = 0;
                while (true) {
                    try {
                        client.send(piece);
                    } catch (IOException refused) {
                        return refused;
                    }
                    sent += piece.length;
                    if (sent > MOST_READ) {
                        unread.countDown();
                    }
                }
            });
            new Thread(error).start();
        }

        void awaitUnread() throws InterruptedException {
            assertThat(unread.await(20, TimeUnit.SECONDS)).isTrue();
        }

        IOException error() throws Exception {
            return error.get(20, TimeUnit.SECONDS);
        }
    }
}
