package io.socketharness;

import static io.socketharness.script.Behaviours.delay;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.halfClose;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.maybe;
import static io.socketharness.script.Behaviours.otherwise;
import static io.socketharness.script.Behaviours.repeat;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Behaviour;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sent before it disconnected is read, recorded and matched, whether or not the server could still answer. */
class ClientDisconnectTest {

    /** How a client leaves; without reading what the server has sent, a close is a reset on TCP. */
    enum Leaving {
        CLOSE {
            @Override
            void leave(Client.Stream client) throws IOException {
                client.close();
            }
        },
        RESET {
            @Override
            void leave(Client.Stream client) throws IOException {
                client.reset();
            }
        };

        abstract void leave(Client.Stream client) throws IOException;
    }

    @Timeout(60)
    abstract static class Contract {

        private final CountDownLatch gone = new CountDownLatch(1);
        /** The script goes on when the client has left. */
        private final Behaviour waitForTheClientToLeave = connection -> gone.await();

        abstract String url();

        void probe(FakeServer server) throws IOException {
            connect(server).close();
        }

        private Client.Stream connect(FakeServer server) {
            return (Client.Stream) Client.of(server);
        }

        private Exchange leaves(FakeServer server, Leaving how, String sent) throws IOException {
            Client.Stream client = connect(server);
            client.raw(sent);
            // a TLS client has finished its handshake only when the server has
            Exchange exchange = server.recording().awaitExchange(0);
            how.leave(client);
            gone.countDown();
            return exchange;
        }

        @ParameterizedTest
        @EnumSource
        void everyLineIsMatchedThoughNoAnswerCanBeSent(Leaving how) throws IOException {
            try (FakeServer server = FakeServer.start(
                    url(),
                    waitForTheClientToLeave,
                    sendLine("220 hi"),
                    sendLine("220 still here"),
                    expectLine("HELO"),
                    sendLine("250 ok"),
                    expectLine("QUIT"),
                    sendLine("221 bye"))) {
                Exchange exchange = leaves(server, how, "HELO\r\nQUIT\r\n");

                server.verify();
                assertThat(exchange.receivedText()).isEqualTo("HELO\r\nQUIT\r\n");
            }
        }

        @ParameterizedTest
        @EnumSource
        void anEnqueuedScriptIsMatchedToo(Leaving how) throws IOException {
            try (FakeServer server = FakeServer.start(url())) {
                server.enqueue(waitForTheClientToLeave, sendLine("220 hi"), sendLine("220 again"), expectLine("QUIT"));
                Exchange exchange = leaves(server, how, "QUIT\r\n");

                server.verify();
                assertThat(exchange.receivedText()).isEqualTo("QUIT\r\n");
            }
        }

        @ParameterizedTest
        @EnumSource
        void aWrongLineIsAMismatch(Leaving how) throws IOException {
            try (FakeServer server = FakeServer.start(
                    url(), waitForTheClientToLeave, sendLine("220 hi"), sendLine("220 again"), expectLine("QUIT"))) {
                leaves(server, how, "QUIZ\r\n");

                assertThatThrownBy(server::verify)
                        .hasMessageContainingAll("step 4 of 4 failed", "expected  QUIT", "received  QUIZ");
            }
        }

        @ParameterizedTest
        @EnumSource
        void aMissingLineIsMissed(Leaving how) throws IOException {
            try (FakeServer server = FakeServer.start(
                    url(),
                    waitForTheClientToLeave,
                    sendLine("220 hi"),
                    expectLine("HELO"),
                    sendLine("250 ok"),
                    sendLine("250 more"),
                    expectLine("QUIT"))) {
                leaves(server, how, "HELO\r\n");

                assertThatThrownBy(server::verify).hasMessageContaining("connection 0: step ");
            }
        }

        static Stream<Script> takesTwoLines() {
            return Stream.of(
                    Script.of(forever(sendLine("> "), expectLine("a"), sendLine("b"))),
                    Script.of(forever(maybe(expectLine("a"), sendLine("b"), sendLine("c")))),
                    Script.of(match(when(expectLine("a"), sendLine("b"), sendLine("c")), otherwise(sendLine("?")))),
                    Script.of(repeat(2, sendLine("> "), sendLine("> "), expectLine("a"))),
                    Script.of(sendLine(">"), sendLine(">"), connection -> {
                        assertThat(connection.receiveLine()).isEqualTo("a");
                        assertThat(connection.receiveLine()).isEqualTo("a");
                    }),
                    Script.of(echo()));
        }

        @ParameterizedTest
        @MethodSource
        void takesTwoLines(Script script) throws IOException {
            for (Leaving how : Leaving.values()) {
                CountDownLatch left = new CountDownLatch(1);
                try (FakeServer server = FakeServer.start(url(), connection -> left.await(), script)) {
                    Client.Stream client = connect(server);
                    client.raw("a\r\na\r\n");
                    server.recording().awaitExchange(0);
                    how.leave(client);
                    left.countDown();

                    server.verify();
                    assertThat(server.recording().exchanges().get(0).receivedText())
                            .isEqualTo("a\r\na\r\n");
                }
            }
        }

        @Test
        void aLoopThatTakesNothingEndsWithItsClient() throws IOException {
            try (FakeServer server = FakeServer.start(
                    url() + "?timeout=20s",
                    waitForTheClientToLeave,
                    forever(sendLine("tick"), delay(Duration.ofMillis(1))))) {
                leaves(server, Leaving.RESET, "junk\r\n");

                assertThatThrownBy(server::verify)
                        .hasMessageContainingAll(
                                "failed after the last step",
                                "the client sent more than the script expects",
                                "received  junk\\r\\n");
            }
        }

        @ParameterizedTest
        @EnumSource
        void userCodeReceivesEarlierInputAfterAFailedSend(Leaving how) throws IOException {
            byte[] much = new byte[64 << 10];
            AtomicReference<byte[]> received = new AtomicReference<>();
            try (FakeServer server = FakeServer.start(url(), waitForTheClientToLeave, connection -> {
                assertThatThrownBy(() -> {
                            while (true) {
                                connection.sendLine("nobody reads this");
                            }
                        })
                        .isInstanceOf(ClientGone.class);
                received.set(connection.receive(much.length));
            })) {
                leaves(server, how, new String(much, StandardCharsets.US_ASCII));
                server.verify();
                assertThat(received.get()).isEqualTo(much);
            }
        }

        @Test
        void unexpectedBytesCountDuringAnyStep() throws IOException {
            for (int i = 0; i < 100; i++) {
                try (FakeServer server = FakeServer.start(url(), expectLine("PING"), sendLine("PONG"), halfClose());
                        Client.Stream client = connect(server)) {
                    client.raw("PING\n");
                    assertThat(client.receive()).isEqualTo("PONG");
                    client.raw("JUNK\n");

                    assertThatThrownBy(server::verify)
                            .hasMessageContainingAll("the client sent more than the script expects", "JUNK");
                }
            }
        }

        static Stream<Script> lastSteps() {
            return Stream.of(
                    Script.parse("C: PING\nS: PONG\n@eol lf"),
                    Script.parse("C: PING\nS: PONG\n@delay 300ms"),
                    Script.parse("C: PING\nS: PONG\n@delay 300ms\n@forever\n  C: PING\n@end"),
                    Script.parse("@repeat 2\n  C: PING\n  S: PONG\n  @delay 100ms\n@end"),
                    Script.parse("C: PING\nS: PONG\n@maybe\n  C: QUIT\n@end\n@delay 100ms"));
        }

        @ParameterizedTest
        @MethodSource
        void lastSteps(Script script) throws IOException {
            for (int i = 0; i < 3; i++) {
                try (FakeServer server = FakeServer.start(url(), script);
                        Client.Stream client = connect(server)) {
                    client.raw("PING\n");
                    assertThat(client.receive()).isEqualTo("PONG");
                    client.raw("JUNK\n");

                    assertThatThrownBy(server::verify).hasMessageContaining("JUNK");
                }
            }
        }

        static Stream<Script> endsThatIgnoreInput() {
            return Stream.of(
                    Script.parse("C: PING\nS: PONG\n@stall"),
                    Script.parse("C: PING\nS: PONG\n@delay 10ms\n@close"),
                    Script.parse("C: PING\nS: PONG\n@discard"));
        }

        @ParameterizedTest
        @MethodSource
        void endsThatIgnoreInput(Script script) throws IOException {
            try (FakeServer server = FakeServer.start(url(), script);
                    Client.Stream client = connect(server)) {
                client.raw("PING\n");
                assertThat(client.receive()).isEqualTo("PONG");
                client.raw("JUNK\n");

                server.verify();
            }
        }

        @Test
        void aScriptIsUsedUpOnceTheServerHasSentSomething() throws IOException {
            try (FakeServer server = FakeServer.start(url() + "?timeout=20s")) {
                for (int i = 1; i <= 3; i++) {
                    server.enqueue(send("" + i), expectLine("QUIT"));
                }
                for (int i = 1; i <= 3; i++) {
                    try (Client.Stream client = connect(server)) {
                        assertThat(client.socket().getInputStream().read()).isEqualTo('0' + i);
                    }
                }

                assertThatThrownBy(server::verify)
                        .hasMessageContainingAll(
                                ": step 2 of 2 failed", "while the server waited for the line \"QUIT\"");
            }
        }

        @Test
        void aHealthCheckMayHaveAGreetingOfItsOwn() throws IOException {
            try (FakeServer server = FakeServer.start(url())) {
                server.enqueue(sendLine("220 hi"));
                server.enqueue(sendLine("220 hi"), expectLine("QUIT"));
                connect(server).close();
                try (Client.Stream client = connect(server)) {
                    assertThat(client.receive()).isEqualTo("220 hi");
                    client.send("QUIT");
                    server.verify();
                }
            }
        }

        @Test
        void aHealthCheckIsExcusedWhereAScriptServesEveryConnection() throws IOException {
            try (FakeServer server = FakeServer.start(url(), sendLine("220 hi"), expectLine("QUIT"))) {
                probe(server);
                try (Client.Stream client = connect(server)) {
                    assertThat(client.receive()).isEqualTo("220 hi");
                    client.send("QUIT");
                    server.verify();
                }
            }
        }
    }

    /** Each of them has a script when it leaves. */
    @Test
    void healthChecksThatOverlapKeepTheOrderOfTheScripts() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.enqueue(Script.parse("C: A\nS: 1"));
            server.enqueue(Script.parse("C: B\nS: 2"));
            try (TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                server.recording().awaitExchange(1);
                assertThat(one.halfClose().readToEnd() + two.halfClose().readToEnd())
                        .isEmpty();
            }
            try (TestClient one = TestClient.connect(server);
                    TestClient two = TestClient.connect(server)) {
                assertThat(one.send("A\r\n").readLine()).isEqualTo("1\r\n");
                assertThat(two.send("B\r\n").readLine()).isEqualTo("2\r\n");
            }
            server.verify();
        }
    }

    @Nested
    class Tcp extends Contract {
        @Override
        String url() {
            return "tcp:";
        }
    }

    @Nested
    class Tls extends Contract {
        @Override
        String url() {
            return "tls:";
        }

        @Override
        void probe(FakeServer server) throws IOException {
            new Socket(server.host(), server.port()).close();
        }
    }

    @Nested
    class Unix extends Contract {
        @Override
        String url() {
            return "unix:";
        }
    }

    @Nested
    class AbstractName extends Contract {
        @Override
        String url() {
            return "unix:@socket-harness-leaves-" + System.nanoTime();
        }
    }

    /** A test thread that waits for the end reads too, so that the server can notice the end on either thread. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp:", "unix:"})
    void theEndOfTheClientIsRecordedBeforeThatOfTheServer(String url) throws IOException {
        try (FakeServer server = FakeServer.start(url, Script.parse("C: a\nS: b"))) {
            for (int i = 0; i < 300; i++) {
                try (TestClient client = TestClient.connect(server)) {
                    assertThat(client.send("a\r\n").readLine()).isEqualTo("b\r\n");
                }
                Exchange exchange = server.recording().awaitExchange(i).awaitEnd();
                assertThat(exchange.await(all -> all.has(Event.Kind.CLOSED), Duration.ofSeconds(20)))
                        .isTrue();
                assertThat(exchange.events())
                        .extracting(Event::kind)
                        .containsSubsequence(Event.Kind.HALF_CLOSED_BY_CLIENT, Event.Kind.CLOSED);
            }
        }
    }
}
