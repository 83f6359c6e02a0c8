package io.socketharness;

import static io.socketharness.script.Behaviours.delay;
import static io.socketharness.script.Behaviours.drip;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.repeat;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.stall;
import static io.socketharness.script.Behaviours.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.recording.Event;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A test thread that ends a connection ends its script too, as the script's own {@code @close} or {@code @reset} does. */
@Timeout(60)
class TestThreadEndsConnectionTest {

    private static final Map<String, Consumer<Connection>> ENDS = Map.of(
            "close",
            Connection::close,
            "closeNow",
            Connection::closeNow,
            "reset",
            Connection::reset,
            "halfClose",
            Connection::halfClose);

    private static final Map<String, Script> SCRIPTS = Map.of(
            "waits for a line", Script.of(expectLine("A"), send("x"), expectLine("B"), expectLine("C")),
            "sends more than the client reads",
                    Script.of(expectLine("A"), repeat(50, send("x".repeat(1 << 20))), expectLine("B")),
            "pauses",
                    Script.of(expectLine("A"), send("x"), delay(Duration.ofMillis(50)), sendLine("y"), expectLine("B")),
            "repeats", Script.of(forever(expectLine("A"), send("x"))),
            "dispatches", Script.of(match(when(expectLine("A"), send("x")))),
            "stalls", Script.of(expectLine("A"), send("x"), stall()),
            "user code receives",
                    Script.of(
                            expectLine("A"),
                            send("x"),
                            c -> assertThat(c.receiveLine()).isEmpty(),
                            expectLine("B")),
            "user code sends", Script.of(expectLine("A"), sendsUntilItCannot(), expectLine("B")));

    private static Behaviour sendsUntilItCannot() {
        return connection -> {
            while (true) {
                connection.send("x".repeat(1 << 20));
            }
        };
    }

    static Stream<Arguments> everyEndInEveryState() {
        return Stream.of("tcp:", "tls:", "unix:", "unix:@socket-harness-ends-" + System.nanoTime())
                .flatMap(url -> ENDS.keySet().stream()
                        .filter(end -> url.startsWith("t") || !end.equals("reset"))
                        .flatMap(end -> SCRIPTS.keySet().stream().map(script -> Arguments.of(url, end, script))));
    }

    @ParameterizedTest
    @MethodSource
    void everyEndInEveryState(String url, String end, String state) throws IOException {
        try (FakeServer server = FakeServer.start(url + "?timeout=20s")) {
            server.enqueue(Objects.requireNonNull(SCRIPTS.get(state)));
            try (Client.Stream client = (Client.Stream) Client.of(server)) {
                client.send("A");
                assertThat(client.socket().getInputStream().read()).isEqualTo('x');

                Objects.requireNonNull(ENDS.get(end)).accept(server.connection(0));

                server.verify();
                assertThat(server.recording().exchanges().get(0).has(Event.Kind.FAILED))
                        .isFalse();
            }
        }
    }

    @Test
    void aMismatchBeforeTheEndIsAFailure() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("A"), expectLine("B"));
                Client client = Client.of(server)) {
            client.send("X");
            server.recording().awaitReceived("X");
            assertThat(server.recording()
                            .await(r -> r.exchanges().get(0).has(Event.Kind.FAILED), Duration.ofSeconds(20)))
                    .isTrue();
            server.connection(0).reset();

            assertThatThrownBy(server::verify).hasMessageContaining("step 1 of 2 failed");
        }
    }

    @Test
    void inputAfterAHalfCloseIsMatched() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("A"), expectLine("B"));
                Client client = Client.of(server)) {
            client.send("A");
            server.recording().awaitReceived("A");
            server.connection(0).halfClose();
            client.send("X");

            assertThatThrownBy(() -> {
                        server.recording().awaitReceived("X");
                        server.verify();
                    })
                    .hasMessageContainingAll("step 2 of 2 failed", "received  X");
        }
    }

    @Test
    void userCodeThatClosesAndSendsHasFailed() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", connection -> {
                    connection.close();
                    connection.send("late");
                });
                Client client = Client.of(server)) {
            assertThat(client.receive()).isEqualTo("end after \"\"");

            assertThatThrownBy(server::verify)
                    .hasMessageContaining("the behaviour threw " + OutputClosed.class.getName()
                            + ": the server has closed its side of the connection; nothing more can be sent");
        }
    }

    @Test
    void aReceiveAfterTheServersOwnCloseSaysWhoClosed() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            try (Client client = Client.of(server)) {
                Connection connection = server.accept();
                connection.close();
                assertThatThrownBy(connection::receiveLine)
                        .hasMessageContaining("a line cannot arrive: the server has closed the connection");
            }
            try (Client client = Client.of(server)) {
                Connection connection = server.accept();
                connection.reset();
                assertThatThrownBy(connection::receiveLine)
                        .hasMessageContaining("a line cannot arrive: the server has reset the connection");
            }
        }
    }

    @Test
    void aRefusedResetEndsNothing() throws IOException {
        try (FakeServer server = FakeServer.start("unix:?timeout=200ms", expectLine("A"));
                Client client = Client.of(server)) {
            assertThatThrownBy(() -> server.connection(0).reset()).isInstanceOf(UnsupportedOperationException.class);

            assertThatThrownBy(server::verify).hasMessageContaining("the line \"A\" did not arrive within 200 ms");
        }
    }

    @Test
    void aSendBehindAnotherThatTheClientDoesNotReadHasAnEnd() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=300ms", c -> c.send(new byte[64 << 20]));
                Client client = Client.of(server)) {
            assertThat(((Client.Stream) client).socket().getInputStream().read())
                    .isZero();
            Connection connection = server.connection(0);

            assertThatThrownBy(() -> connection.send("ALARM"))
                    .hasMessage("another send on this connection did not end in time: the client does not read;"
                            + " nothing was sent");
            server.broadcast("ALARM");
            assertThat(server.recording().exchanges().get(0).toString()).contains("broadcast not sent: another send");
        }
    }

    @Test
    void aSendBehindOneInPiecesSaysSo() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:?timeout=300ms", drip(1, Duration.ofHours(1)), sendLine("slow"));
                Client client = Client.of(server)) {
            assertThat(((Client.Stream) client).socket().getInputStream().read())
                    .isEqualTo('s');
            Connection connection = server.connection(0);

            assertThatThrownBy(() -> connection.send("ALARM"))
                    .hasMessage("another send on this connection did not end in time: it is sent in pieces, with pauses"
                            + " between them (@drip); nothing was sent");
        }
    }

    @Test
    void aBlockThatNeverWaitsEndsWithItsServer() throws Exception {
        Script spins = Script.parse("""
                @repeat 999999999
                  @repeat 999999999
                    @repeat 999999999
                      @eol lf
                    @end
                  @end
                @end
                """);
        for (String url : List.of("tcp:", "udp:")) {
            FakeServer server = FakeServer.start(url, expectLine("a"), sendLine("b"), spins);
            try (Client client = Client.of(server)) {
                client.send("a");
                assertThat(client.receive()).isEqualTo("b");
                server.close();
                for (Thread thread : threads(server)) {
                    thread.join(20_000);
                    assertThat(thread.isAlive()).isFalse();
                }
            }
        }
    }

    private static List<Thread> threads(FakeServer server) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(server.recording().title() + " "))
                .toList();
    }

    @Test
    void settingsOfARunReachNoOther() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("""
                        @frame length 1
                        @forever
                          C! 01
                          S! aa
                        @end
                        """));
                Client.Stream client = (Client.Stream) Client.of(server)) {
            Script.parse("@frame length 2\nS! bb").run(server.connection(0));
            assertThat(client.socket().getInputStream().readNBytes(3)).isEqualTo(new byte[] {0, 1, (byte) 0xbb});
            client.socket().getOutputStream().write(new byte[] {1, 1});
            assertThat(client.socket().getInputStream().readNBytes(2)).isEqualTo(new byte[] {1, (byte) 0xaa});
            server.verify();
        }
    }

    @Test
    void settingsOfAScriptRunByUserCodeEndWithIt() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", connection -> {
                    Script.parse("@eol lf\nC: a\nS: b").run(connection);
                    connection.sendLine("c");
                });
                Client.Stream client = (Client.Stream) Client.of(server)) {
            client.send("a");
            assertThat(client.socket().getInputStream().readNBytes(5))
                    .asString()
                    .isEqualTo("b\nc\r\n");
            server.verify();
        }
    }
}
