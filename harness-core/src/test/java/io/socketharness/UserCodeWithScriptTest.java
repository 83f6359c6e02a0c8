package io.socketharness;

import static io.socketharness.script.Behaviours.expectLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.script.Behaviour;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.Script;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User code and scripts on the same connection: what a client sent before it left, and what a test thread ends. */
@Timeout(60)
class UserCodeWithScriptTest {

    private static final String[] STREAMS = {"tcp:", "tls:", "unix:"};

    private static void sendAndLeave(FakeServer server, String sent) throws IOException {
        try (Client.Stream client = (Client.Stream) Client.of(server)) {
            client.raw(sent);
        }
    }

    static Stream<Arguments> everyLineReachesTheCode() {
        return Stream.of(STREAMS).flatMap(url -> Stream.of("QUIT", "WRONG").map(second -> Arguments.of(url, second)));
    }

    @ParameterizedTest
    @MethodSource
    void everyLineReachesTheCode(String url, String second) throws IOException {
        CountDownLatch left = new CountDownLatch(1);
        try (FakeServer server = FakeServer.start(url, connection -> {
            left.await();
            connection.sendLine("220 hi");
            connection.sendLine("220 still here");
            assertThat(connection.receiveLine()).isEqualTo("HELO");
            connection.sendLine("250 ok");
            connection.sendLine("250 more");
            assertThat(connection.receiveLine()).isEqualTo("QUIT");
            connection.sendLine("221 bye");
        })) {
            sendAndLeave(server, "HELO\r\n" + second + "\r\n");
            left.countDown();
            if (second.equals("QUIT")) {
                server.verify();
            } else {
                assertThatThrownBy(server::verify).hasMessageContainingAll("step 1 of 1 failed", "WRONG");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "tls:", "unix:"})
    void codeStandsBesideOtherSteps(String url) throws IOException {
        CountDownLatch left = new CountDownLatch(1);
        Behaviour waits = connection -> left.await();
        try (FakeServer server = FakeServer.start(
                url,
                waits,
                c -> c.sendLine("220"),
                c -> c.sendLine("220"),
                expectLine("HELO"),
                c -> c.sendLine("250"),
                expectLine("QUIT"),
                c -> c.sendLine("221"))) {
            sendAndLeave(server, "HELO\r\nQUIT\r\n");
            left.countDown();
            server.verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "unix:"})
    void aScriptRunsOnAnAcceptedConnectionWhoseClientHasLeft(String url) throws Exception {
        try (FakeServer server = FakeServer.start(url)) {
            sendAndLeave(server, "HELO\r\nQUIT\r\n");
            Connection connection = server.accept();
            Script.parse("S: 220\nS: 220\nC: HELO\nS: 250\nC: QUIT").run(connection);
            assertThatThrownBy(() -> {
                        while (true) {
                            connection.sendLine("221");
                        }
                    })
                    .isInstanceOf(ClientGone.class);
        }
    }

    @Test
    void codeThatNeverReceivesEndsWithItsClient() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=20s", connection -> {
            while (true) {
                connection.sendLine("tick");
            }
        })) {
            try (Client.Stream client = (Client.Stream) Client.of(server)) {
                client.raw("unread\r\n");
                server.recording().awaitReceived("unread");
                client.reset();
            }
            server.verify();
            assertThat(server.recording().exchanges().get(0).has(Event.Kind.COMPLETED))
                    .isTrue();
        }
    }

    @Test
    void codeThatCatchesTheEndOfAnInnerScriptContinues() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=20s", connection -> {
                    assertThatThrownBy(() ->
                                    Script.parse("@within 10ms\nC: A\nC: B").run(connection))
                            .isInstanceOf(DeadlineExceeded.class);
                    connection.sendLine("now");
                    assertThat(connection.receiveLine()).isEqualTo("C");
                });
                Client client = Client.of(server)) {
            assertThat(client.receive()).isEqualTo("now");
            server.verify();
            client.send("X");
            assertThatThrownBy(() -> {
                        server.recording().awaitReceived("X");
                        server.verify();
                    })
                    .hasMessageContaining("step 1 of 1 failed");
        }
    }

    @Test
    void theFailureOfAnInnerScriptThatNobodyCatchesNamesItsStep() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", connection -> Script.parse("C: A\nC: B").run(connection));
                Client client = Client.of(server)) {
            client.send("A");
            client.send("X");
            assertThatThrownBy(() -> {
                        server.recording().awaitReceived("X");
                        server.verify();
                    })
                    .hasMessageContaining("step 1 of 1, in it step 2 of 2 failed");
        }
    }

    static Stream<Arguments> theTestEndsStepsThatWaitForTls() {
        return Stream.of(
                        "tcp: @starttls",
                        "tls: C: A",
                        "tls: @forever\nC: A\n@end",
                        "tls: @tls-hello",
                        "tls: @tls-flight 10",
                        "tcp: @frame close\nC< x")
                .flatMap(server -> Stream.of("close", "reset").map(end -> Arguments.of(server, end)));
    }

    @ParameterizedTest
    @MethodSource
    void theTestEndsStepsThatWaitForTls(String specified, String end) throws IOException {
        String[] parts = specified.split(" ", 2);
        Consumer<Connection> ends = end.equals("close") ? Connection::close : Connection::reset;
        try (FakeServer server = FakeServer.start(parts[0] + "?timeout=20s", Script.parse(parts[1]));
                Socket client = new Socket(server.host(), server.port())) {
            ends.accept(server.connection(0));

            server.verify();
            assertThat(server.recording().exchanges().get(0).has(Event.Kind.FAILED))
                    .isFalse();
        }
    }

    @Test
    void theServerClosesAConnectionOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: A\n@close"));
                    Client client = Client.of(server)) {
                client.send("A");
                server.recording().awaitReceived("A");
                server.connection(0).close();
                server.verify();
                assertThat(server.recording().exchanges().get(0).events())
                        .filteredOn(event -> event.kind() == Event.Kind.CLOSED)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aTimedOutReceiveToTheEndLeavesWhatHasCome() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?recordingLimit=1000");
                Client.Stream client = (Client.Stream) Client.of(server)) {
            Connection connection = server.accept();
            client.raw("x".repeat(5_000));
            assertThatThrownBy(() -> connection.within(Duration.ofMillis(200)).receiveToEnd())
                    .isInstanceOf(DeadlineExceeded.class);
            assertThat(connection.receive(5_000)).hasSize(5_000);
        }
    }

    @Test
    void aBroadcastOfTheTestUsesUpNoScript() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.enqueue(expectLine("A"));
            try (Client.Stream probe = (Client.Stream) Client.of(server)) {
                server.recording().awaitExchange(0);
                server.broadcast("tick\n");
                assertThat(probe.receive()).isEqualTo("tick");
            }
            try (Client client = Client.of(server)) {
                client.send("A");
                server.verify();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "unix:", "unix:@socket-harness-interrupted"})
    void anInterruptedThreadSendsAndCloses(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url);
                Client client = Client.of(server)) {
            client.send("A");
            Connection connection = server.accept();
            assertThat(connection.receiveLine()).isEqualTo("A");
            Thread.currentThread().interrupt();
            try {
                connection.sendLine("1");
                server.broadcast("2\n");
                connection.close();
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(client.receive()).isEqualTo("1");
            assertThat(client.receive()).isEqualTo("2");
            assertThat(client.receive()).isEqualTo("end after \"\"");
        }
    }
}
