package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.Reports;
import io.socketharness.testing.ServerThreads;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that send at an interval beside the others. */
@Timeout(60)
class EveryTest {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    @Test
    void sendsBesideStepsThatWait() throws IOException {
        Script script = Script.parse("""
                @every 20ms
                  S: tick
                @end
                C: STOP
                S: bye
                @close
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.readLine()).isEqualTo("tick\r\n");
            }
            assertThat(client.send("STOP\n").readToEnd()).matches("(tick\r\n)*bye\r\n");
            server.verify();

            List<Event> sent = sent(server);
            for (int i = 1; i < 5; i++) {
                Duration between = sent.get(i).at().minus(sent.get(0).at());
                // a late send does not delay the next one
                assertThat(between).isGreaterThanOrEqualTo(INTERVAL.multipliedBy(i - 1));
            }
        }
    }

    private static List<Event> sent(FakeServer server) {
        return server.recording().awaitExchange(0).events().stream()
                .filter(event -> event.kind() == Event.Kind.SENT)
                .toList();
    }

    @Test
    void sendsNothingAfterItsBlock() throws IOException {
        Script script = Script.parse("""
                @repeat 1
                  @every 1ms
                    S: tick
                  @end
                  C: one
                @end
                S: end of block
                @delay 100ms
                S: end
                """);
        for (int i = 0; i < 20; i++) {
            try (FakeServer server = FakeServer.start("tcp:", script);
                    TestClient client = TestClient.connect(server)) {
                client.readLine();
                client.send("one\n");
                String line = client.readLine();
                while (line.equals("tick\r\n")) {
                    line = client.readLine();
                }
                assertThat(line).isEqualTo("end of block\r\n");
                assertThat(client.readLine()).isEqualTo("end\r\n");
                server.verify();
            }
        }
    }

    @Test
    void ofTheOutermostBlockContinuesAfterTheLastStep() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectLine("go"), every(INTERVAL, sendLine("tick")))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("go\n");
                assertThat(client.readLine()).isEqualTo("tick\r\n");
                server.verify();
                assertThat(client.readLine()).isEqualTo("tick\r\n");

                client.halfClose();
                assertThat(client.readToEnd()).matches("(tick\r\n)*");
            }
            server.verify();
            ServerThreads.awaitEndOfConnections(server);
        }
    }

    @Test
    void endsWithItsCaseAndBeginsAgainWithTheNextOne() throws IOException {
        Script script = Script.parse("""
                @match
                  C: on
                  @every 5ms
                    S: tick
                  @end
                  C: off
                  S: stopped
                @or
                  C: quit
                  S: bye
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send("on\n").readLine()).isEqualTo("tick\r\n");
                client.send("off\n");
                String line = client.readLine();
                while (line.equals("tick\r\n")) {
                    line = client.readLine();
                }
                assertThat(line).isEqualTo("stopped\r\n");
            }
            assertThat(client.send("quit\n").readLine()).isEqualTo("bye\r\n");
            server.verify();
        }
    }

    @Test
    void neverDividesAnotherMessage() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        every(Duration.ofMillis(1), sendLine("tick")),
                        drip(1, Duration.ofMillis(1)),
                        sendLine("a line that takes a while"),
                        sendLine("another line"),
                        expectLine("x"));
                TestClient client = TestClient.connect(server)) {
            int others = 0;
            while (others < 2) {
                String line = client.readLine();
                others += line.equals("tick\r\n") ? 0 : 1;
                assertThat(line).isIn("tick\r\n", "a line that takes a while\r\n", "another line\r\n");
            }
            client.send("x\n");
            server.verify();
        }
    }

    @Test
    void hasTheFramingAndTheVariablesOfItsPlace() throws IOException {
        Script script = Script.parse("""
                C~ I am (?<name>.*)
                @frame length 1
                @every 20ms
                  S< hello ${name}
                @end
                C< stop
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("I am Bob\n");
            assertThat(client.read(10)).isEqualTo("\u0009hello Bob");
            client.send("\u0004stop");
            server.verify();
            assertThat(server.recording().awaitExchange(0).toString()).contains("S< hello Bob");
        }
    }

    @Test
    void doesNotKeepAClientThatLeft() throws IOException {
        try (FakeServer server =
                FakeServer.start("tcp:", every(Duration.ofHours(1), sendLine("never")), expectLine("bye"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("bye\n").halfClose();
                assertThat(client.readToEnd()).isEmpty();
            }
            server.verify();
            ServerThreads.awaitEndOfConnections(server);
        }
    }

    @Test
    void endsWithTheServerAndWithAReset() throws IOException {
        FakeServer server = FakeServer.start("tcp:", every(Duration.ofHours(1), sendLine("never")), expectLine("bye"));
        try (TestClient client = TestClient.connect(server)) {
            client.send("b");
            server.recording().awaitReceived("b");
            server.close();
            ServerThreads.awaitEndOfConnections(server);
        }
        try (FakeServer other = FakeServer.start("tcp:", every(INTERVAL, sendLine("tick")), expectLine("bye"))) {
            try (TestClient client = TestClient.connect(other)) {
                client.readLine();
                client.reset();
            }
            ServerThreads.awaitEndOfConnections(other);
        }
    }

    @Test
    void failsTheConnectionIfItCannotSend() throws IOException {
        Script script = Script.of(every(INTERVAL, sendLine("${missing}")), expectLine("bye"));
        try (FakeServer server = FakeServer.start("tcp:", connection -> script.run(connection));
                TestClient client = TestClient.connect(server)) {
            client.send("b");
            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server)).contains("@every 20ms failed: unknown variable ${missing};");
        }
    }

    @Test
    void namesTheFunctionThatFailed() throws IOException {
        Variables variables = Variables.none().computed("boom", connection -> {
            throw new IllegalStateException("boom!");
        });
        Script script = Script.parse("@every 20ms\nS: ${boom}\n@end\nC: bye", variables);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server))
                    .contains(
                            "@every 20ms failed: the function of ${boom} threw java.lang.IllegalStateException: boom!")
                    .contains("EveryTest.java:");
        }
    }

    @Test
    void doesNotCountAsAStepThatIsOutstanding() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", every(Duration.ofHours(1), sendLine("never")), expectLine("bye"));
                TestClient client = TestClient.connect(server)) {
            client.send("bye\n");
            server.verify();
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.sentText()).isEmpty();
        }
    }

    @Test
    void isReadAndWritten() {
        Script script = Script.parse("""
                @every 1s
                  @eol lf
                  S: tick
                  S! 00 "a"
                @end
                C: bye
                """);

        assertThat(script)
                .isEqualTo(Script.of(
                        every(Duration.ofSeconds(1), eol(Eol.LF), sendLine("tick"), sendHex("00 \"a\"")),
                        expectLine("bye")));
        assertThat(Script.parse(script.toString())).isEqualTo(script);
    }

    @Test
    void refusesStepsThatDoNotSend() {
        assertThat(ScriptErrorsTest.refused("@every 1s\n  C: PONG\n@end"))
                .isEqualTo(
                        "script line 2: every contains \"C: PONG\"; only steps that send are allowed: S: S< S! @send or"
                                + " @broadcast. To react to a silent client, use @idle in @match");
        assertThatThrownBy(() -> every(INTERVAL, connection -> {}))
                .hasMessageStartingWith(
                        "every contains \"@code a lambda of EveryTest\"; only steps that send are allowed");
        assertThat(ScriptErrorsTest.refused("@every 1s\n@end"))
                .isEqualTo("script line 1: every contains no step; at least one is needed");
        assertThat(ScriptErrorsTest.refused("@every 0s\n  S: a\n@end"))
                .isEqualTo("script line 1: the interval of every is 0; from 1 ns to a hundred years is allowed");
    }

    @Test
    void refusesAnotherIntervalInside() {
        String message =
                "every contains another @every; put one after the other: both send beside the steps after them";
        assertThat(ScriptErrorsTest.refused("C: a\n@every 1s\n  S: b\n  @every 2s\n    S: c\n  @end\n@end\nC: d"))
                .isEqualTo("script line 4: " + message);
        assertThatThrownBy(() -> every(Duration.ofSeconds(1), every(Duration.ofSeconds(2), sendLine("c"))))
                .hasMessage(message);
    }

    @Test
    void refusesAPlaceWhereItWouldNeverSend() {
        Map<String, String> blocks = Map.of(
                "@repeat 2", "repeat",
                "@forever", "forever",
                "@maybe", "maybe",
                "@match", "a case of match",
                "@match\n  C: x\n@idle 1s", "the case @idle",
                "@match\n  C: x\n@otherwise", "the case otherwise of match");
        blocks.forEach((head, name) -> assertThat(
                        ScriptErrorsTest.refused(head + "\n  C: SUBSCRIBE\n  @every 1s\n    S: tick\n  @end\n@end"))
                .endsWith(": " + name + " ends with \"@every 1s\", which sends only while later steps of its block"
                        + " run; put steps after it, or put it into the outermost block"));
    }
}
