package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The case of a dispatcher for a time without input. */
class IdleCaseTest {

    private static final Duration SILENCE = Duration.ofMillis(100);

    @Test
    void runsAfterTheTimeAndMayCloseTheConnection() throws IOException {
        Script script = Script.parse("""
                @match
                  C: PING
                  S: PONG
                @idle 100ms
                  S: 421 idle timeout
                  @close
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("PING\n").readLine()).isEqualTo("PONG\r\n");
            assertThat(client.readToEnd()).isEqualTo("421 idle timeout\r\n");
            server.verify();

            List<Event> sent = sent(server);
            assertThat(sent.get(1).at().minus(sent.get(0).at())).isGreaterThanOrEqualTo(SILENCE);
        }
    }

    /** Reads lines up to one. More lines may precede it than the test waits for. */
    private static void readTo(String last, TestClient client) throws IOException {
        String line = client.readLine();
        while (!line.equals(last + "\r\n")) {
            line = client.readLine();
        }
    }

    private static List<Event> sent(FakeServer server) {
        return server.recording().awaitExchange(0).events().stream()
                .filter(event -> event.kind() == Event.Kind.SENT)
                .toList();
    }

    @Test
    void runsAgainWhileTheClientIsSilent() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        match(when(expectLine("STOP"), leave()), whenIdle(SILENCE, sendLine("still there?"))),
                        sendLine("bye"));
                TestClient client = TestClient.connect(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.readLine()).isEqualTo("still there?\r\n");
            }
            readTo("bye", client.send("STOP\n"));
            server.verify();

            List<Event> sent = sent(server);
            assertThat(sent.get(1).at().minus(sent.get(0).at())).isGreaterThanOrEqualTo(SILENCE);
            assertThat(sent.get(2).at().minus(sent.get(1).at())).isGreaterThanOrEqualTo(SILENCE);
        }
    }

    /** Each arrival starts the time again: the client is silent for less than a second, and the line takes longer. */
    @Test
    void doesNotRunWhilePartsOfAMessageArrive() throws Exception {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        match(
                                when(expectLine("a long line"), sendLine("got it"), leave()),
                                whenIdle(Duration.ofSeconds(30), sendLine("idle"))));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("a long line\n");

            assertThat(client.readLine()).isEqualTo("got it\r\n");
            server.verify();
        }
    }

    @Test
    void leavesAPartOfAMessageUnread() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        match(
                                when(expectLine("a long line"), sendLine("got it"), leave()),
                                whenIdle(SILENCE, sendLine("go on"))));
                TestClient client = TestClient.connect(server)) {
            client.send("a long");
            assertThat(client.readLine()).isEqualTo("go on\r\n");

            readTo("got it", client.send(" line\n"));
            server.verify();
        }
    }

    @Test
    void canLeaveTheDispatcherAndIsNeverOutstanding() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        match(when(expectLine("x")), whenIdle(SILENCE, leave())),
                        sendLine("enough"),
                        expectLine("y"));
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readLine()).isEqualTo("enough\r\n");
            client.send("y\n");
            server.verify();
        }
        try (FakeServer server = FakeServer.start(
                        "tcp:", match(when(expectLine("x")), whenIdle(Duration.ofHours(1), sendLine("never"))));
                TestClient client = TestClient.connect(server)) {
            client.send("x\n");
            server.verify();
        }
    }

    @Test
    void failsIfItsStepsAreNotSatisfied() throws IOException {
        Script script = Script.parse("""
                @match
                  C: x
                @idle 50ms
                  S: PING
                  @within 200ms
                  C: PONG
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEqualTo("PING\r\n");
            assertThat(Reports.of(server))
                    .contains(
                            "step 1 of 1, in it step 3 of 3 failed",
                            "the line \"PONG\" did not arrive within 200 ms, the limit that @within sets");
        }
    }

    @Test
    void leavesTheLimitOfAReceiveInForce() throws IOException {
        Script script = Script.parse("""
                @within 50ms
                @match
                  C: x
                @idle 10m
                  S: never
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server)).contains("did not arrive within 50 ms, the limit that @within sets");
        }
    }

    /** Otherwise a client that sends half a message would never be late. */
    @Test
    void doesNotRestartTheLimitOfAMessageThatHasBegun() throws IOException {
        Script script = Script.parse("""
                @within 300ms
                @match
                  C: x
                @idle 20ms
                  S: go on
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("x");
            assertThat(client.readToEnd()).startsWith("go on\r\n");
            assertThat(Reports.of(server))
                    .contains("did not arrive within 300 ms, the limit that @within sets; 1 byte arrived");
        }
    }

    @Test
    void endsWithTheClient() throws IOException {
        try (FakeServer server = FakeServer.start(
                "tcp:", match(when(expectLine("x")), whenIdle(Duration.ofHours(1), sendLine("never"))))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("x\n").halfClose();
                assertThat(client.readToEnd()).isEmpty();
            }
            server.verify();
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.sentText()).isEmpty();
        }
    }

    @Test
    void isWrittenAsTheLastCase() {
        Script script = Script.parse("""
                @match
                @idle 1500ms
                  S: idle
                @or
                  C: a
                  S: b
                @otherwise
                  S: ?
                @end
                """);

        assertThat(script.toString()).isEqualTo("""
                @match
                  C: a
                  S: b
                @otherwise
                  S: ?
                @idle 1500ms
                  S: idle
                @end
                """);
        assertThat(Script.parse(script.toString())).isEqualTo(script);
        assertThat(script)
                .isEqualTo(Script.of(match(
                        whenIdle(Duration.ofMillis(1500), sendLine("idle")),
                        when(expectLine("a"), sendLine("b")),
                        otherwise(sendLine("?")))));
    }

    @Test
    void isRefusedWhereItSaysNothing() {
        assertThat(refused("@match\n@idle 1s\n  S: a\n@end"))
                .isEqualTo("script line 1: match has no case for a message; at least one is needed");
        assertThat(refused("@match\n  C: a\n@idle 1s\n@end"))
                .isEqualTo("script line 3: the case @idle contains no step; at least one is needed");
        assertThat(refused("@match\n  C: a\n@idle 1s\n@otherwise\n@end"))
                .isEqualTo("script line 3: the case @idle contains no step; at least one is needed");
        assertThat(refused("@match\n  C: a\n@idle 1s\n  S: a\n@idle 2s\n  S: b\n@end"))
                .isEqualTo(
                        "script line 5: match has two cases @idle; one is allowed, and @every repeats steps at another"
                                + " interval");
        assertThat(refused("@match\n  C: a\n@idle 0s\n  S: a\n@end"))
                .isEqualTo("script line 3: the time of @idle is 0; from 1 ns to a hundred years is allowed");
        assertThat(refused("@idle 1s")).isEqualTo("script line 1: @idle is outside of @match");
        assertThat(refused("@match\n  C: a\n@idle soon\n  S: a\n@end"))
                .isEqualTo(
                        "script line 3: @idle takes a duration: \"soon\" is not a duration; a whole number with ns, us,"
                                + " ms, s, m, h or d is allowed, such as 200ms");
        assertThatThrownBy(() -> whenIdle(Duration.ofMillis(-1), sendLine("a")))
                .hasMessage("the time of @idle is PT-0.001S; from 0 to a hundred years is allowed");
    }

    private static String refused(String text) {
        return ScriptErrorsTest.refused(text);
    }
}
