package io.socketharness.internal.recording;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.repeat;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The steps of a script that a server has run, and the script as text. */
class StepLogTest {

    private static ExchangeRecorder recorder(FakeServer server) {
        return ExchangeRecorder.of(server.recording().awaitExchange(0));
    }

    private static ExchangeRecorder awaitFailure(FakeServer server) {
        ExchangeRecorder recorder = recorder(server);
        recorder.exchange().await(e -> e.has(Event.Kind.FAILED), server.spec().timeout());
        return recorder;
    }

    private static List<RecordedStep> steps(ExchangeRecorder recorder) {
        return new PublicRecordings(List.of(recorder.exchange().recording())).steps(recorder.exchange());
    }

    private static Optional<RecordedScript> script(ExchangeRecorder recorder) {
        return new PublicRecordings(List.of(recorder.exchange().recording())).script(recorder.exchange());
    }

    private static List<String> texts(ExchangeRecorder recorder) {
        return steps(recorder).stream().map(RecordedStep::toString).toList();
    }

    @Test
    void hasEachStepWithItsPlaceAndPacket() throws Exception {
        try (FakeServer server =
                        FakeServer.start("tcp:", Script.parse("@eol lf\nS: 220\nC: QUIT\n@delay 1ms\nS: 221"));
                TestClient client = TestClient.connect(server)) {
            client.send("QUIT\n").readLine();
            client.readLine();
            server.verify();
            ExchangeRecorder recorder = recorder(server);
            assertThat(texts(recorder))
                    .containsExactly(
                            "step 1 of 5: @eol lf",
                            "step 2 of 5: S: 220",
                            "step 3 of 5: C: QUIT",
                            "step 4 of 5: @delay 1ms",
                            "step 5 of 5: S: 221");
            assertThat(steps(recorder))
                    .extracting(RecordedStep::input)
                    .containsExactly(
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.of(5),
                            OptionalLong.empty(),
                            OptionalLong.empty());
            assertThat(steps(recorder))
                    .extracting(RecordedStep::maySend)
                    .containsExactly(false, true, false, false, true);
            assertThat(steps(recorder).get(4).begun()).isEqualTo(3);
            assertThat(steps(recorder).get(4).events()).isEqualTo(4);
            assertThat(script(recorder))
                    .contains(new RecordedScript(
                            List.of("@eol lf", "S: 220", "C: QUIT", "@delay 1ms", "S: 221"), OptionalInt.empty()));
        }
    }

    @Test
    void hasStepsOfBlocksWithTheirLines() throws Exception {
        Script script = Script.parse("""
                @repeat 2
                  C: a
                @end
                @match
                  C: one
                  S: 1
                @or
                  C: two
                @otherwise
                  S: ?
                  @maybe
                    C: b
                  @end
                  @leave
                @end
                C: end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("a\na\none\ntwo\nthree\nend\n").readLine();
            client.readLine();
            server.verify();
            ExchangeRecorder recorder = recorder(server);
            List<String> lines = script(recorder).orElseThrow().lines();
            assertThat(String.join("\n", lines) + "\n").isEqualTo(script.toString());
            assertThat(steps(recorder))
                    .extracting(step ->
                            step + " | " + lines.get(step.line().orElseThrow()).strip())
                    .containsExactly(
                            "step 1 of 3, in it step 1 of 1: C: a | C: a",
                            "step 1 of 3, in it step 1 of 1: C: a | C: a",
                            "step 1 of 3: @repeat 2 | @repeat 2",
                            "step 2 of 3, in it step 1 of 2: C: one | C: one",
                            "step 2 of 3, in it step 2 of 2: S: 1 | S: 1",
                            "step 2 of 3, in it step 1 of 1: C: two | C: two",
                            "step 2 of 3, in it step 1 of 3: S: ? | S: ?",
                            "step 2 of 3, in it step 2 of 3: @maybe | @maybe",
                            "step 2 of 3, in it step 3 of 3: @leave | @leave",
                            "step 2 of 3: @match | @match",
                            "step 3 of 3: C: end | C: end");
            assertThat(steps(recorder).get(4).depth()).isEqualTo(1);
        }
    }

    @Test
    void distinguishesEqualBlocks() throws Exception {
        Script block = Script.parse("C: a");
        try (FakeServer server = FakeServer.start("tcp:", repeat(1, block), repeat(1, block), forever(block));
                TestClient client = TestClient.connect(server)) {
            client.send("a\na\n");
            server.recording().awaitExchange(0).awaitReceived("a\na\n");
            server.verify();
            ExchangeRecorder recorder = recorder(server);
            assertThat(steps(recorder))
                    .extracting(step -> step.line().orElseThrow())
                    .containsExactly(1, 0, 4, 3);
            assertThat(script(recorder).orElseThrow().stoppedAt()).hasValue(7);
        }
    }

    @Test
    void endsWithTheStepThatFailed() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a\n@repeat 2\n  S: b\n  C: c\n@end\nS: d"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\nwrong\n");
            ExchangeRecorder recorder = awaitFailure(server);
            RecordedStep failed = steps(recorder).get(steps(recorder).size() - 1);
            assertThat(failed).hasToString("step 2 of 3, in it step 2 of 2: C: c");
            assertThat(failed.hasFailed()).isTrue();
            assertThat(failed.reason()).isEqualTo("expected c, received wrong");
            assertThat(steps(recorder)).filteredOn(RecordedStep::hasFailed).hasSize(1);
            assertThat(script(recorder).orElseThrow().stoppedAt()).hasValue(3);
        }
    }

    @Test
    void hasStepsOfAScriptThatCodeRuns() throws Exception {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        expectLine("a"),
                        connection -> Script.of(expectLine("b"), sendLine("c")).run(connection));
                TestClient client = TestClient.connect(server)) {
            client.send("a\nb\n").readLine();
            server.verify();
            ExchangeRecorder recorder = recorder(server);
            assertThat(texts(recorder))
                    .containsExactly(
                            "step 1 of 2: C: a",
                            "step 2 of 2, in it step 1 of 2: C: b",
                            "step 2 of 2, in it step 2 of 2: S: c",
                            "step 2 of 2: @code a lambda of StepLogTest");
            assertThat(steps(recorder))
                    .extracting(RecordedStep::line)
                    .containsExactly(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(1));
        }
    }

    @Test
    void marksStepsThatTheClientDidNotGet() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a\nS: b\n@delay 50ms\nS: c\nC: d"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("a\nd\n").reset();
            }
            ExchangeRecorder recorder = recorder(server);
            recorder.exchange().awaitEnd();
            recorder.exchange()
                    .await(e -> e.has(Event.Kind.COMPLETED), server.spec().timeout());
            assertThat(steps(recorder))
                    .filteredOn(step -> step.text().equals("S: c"))
                    .extracting(RecordedStep::outcome)
                    .containsExactly(RecordedStep.Outcome.NOT_SENT);
        }
    }

    @Test
    void countsStepsBeyondTheLimit() throws Exception {
        int rounds = 6_000;
        try (FakeServer server = FakeServer.start(
                        "tcp:", Script.parse("@repeat " + rounds + "\n  C: a\n  @charset utf-8\n@end\nS: end\nC: b"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\n".repeat(rounds)).readLine();
            client.send("wrong\n");
            ExchangeRecorder recorder = awaitFailure(server);
            assertThat(steps(recorder)).hasSize(StepLog.MOST + 1);
            assertThat(recorder.stepLog().missing()).isEqualTo(2 * rounds + 2 - StepLog.MOST);
            assertThat(steps(recorder).get(StepLog.MOST).hasFailed()).isTrue();
        }
    }

    @Test
    void hidesSecrets() throws Exception {
        ServerSpec spec = ServerSpec.builder("tcp")
                .redact("^PASS (.*)")
                .script(Script.parse("C: PASS s3cret\nS: ok\nC: PASS other\nS: s3cret"))
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient client = TestClient.connect(server)) {
            client.send("PASS s3cret\r\n").readLine();
            client.send("PASS wrong\r\n");
            ExchangeRecorder recorder = awaitFailure(server);
            assertThat(texts(recorder))
                    .containsExactly("step 1 of 4: C: PASS ******", "step 2 of 4: S: ok", "step 3 of 4: C: PASS *****");
            assertThat(script(recorder).orElseThrow().lines())
                    .containsExactly("C: PASS ******", "S: ok", "C: PASS *****", "S: ******");
        }
    }

    @Test
    void hidesSecretsInTheReasonOfAFailure() throws Exception {
        ServerSpec spec = ServerSpec.builder("tcp")
                .redact("PASS (.*)")
                .script(Script.parse("C: PASS s3cret"))
                .build();
        try (FakeServer server = FakeServer.start(spec);
                TestClient client = TestClient.connect(server)) {
            client.send("PASS wrong\r\n");
            assertThat(steps(awaitFailure(server)).get(0).reason()).doesNotContain("s3cret", "wrong");
        }
    }

    @Test
    void isEmptyWithoutAScript() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:");
                TestClient client = TestClient.connect(server)) {
            client.send("a\n");
            assertThat(steps(recorder(server))).isEmpty();
            assertThat(script(recorder(server))).isEmpty();
        }
    }
}
