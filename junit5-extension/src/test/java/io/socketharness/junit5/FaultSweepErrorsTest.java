package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import io.socketharness.FakeServer;
import io.socketharness.testing.SweptClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A wrong use is refused before the first run, with what was found and what to do. */
class FaultSweepErrorsTest {

    @Test
    void wrongUsesAreRefused() {
        Run run = Run.of(Wrong.class, Shared.class);

        run.results().testEvents().assertStatistics(all -> all.failed(0));
        assertThat(run.failures().values())
                .allSatisfy(failure -> assertThat(failure.getStackTrace()).isEmpty());
        assertThat(run.message("withTest"))
                .isEqualTo(
                        "@FaultSweep on method [withTest()]: found @Test, too; remove it: @FaultSweep takes its place");
        assertThat(run.message("withRepeatedTest"))
                .isEqualTo(
                        "@FaultSweep on method [withRepeatedTest()]: found @RepeatedTest, too; remove it: @FaultSweep"
                                + " takes its place");
        assertThat(run.message("withParameterizedTest"))
                .isEqualTo("@FaultSweep on method [withParameterizedTest()]: found @ParameterizedTest, too; remove it:"
                        + " @FaultSweep takes its place. Arguments are possible with @ParameterizedClass (JUnit 5.13 and"
                        + " later)");
        assertThat(run.message("without"))
                .isEqualTo("@FaultSweep on method [without()]: found no server; put @SocketServer on the method, a"
                        + " parameter, an instance field or the class. For a SocketServerExtension, use"
                        + " io.socketharness.sweep.Sweep");
        assertThat(run.message("two"))
                .isEqualTo("@FaultSweep on method [two()]: found several servers: \"one\" (method [two()]), \"other\""
                        + " (parameter [other] of [two()]); select one with server");
        assertThat(run.message("misnamed"))
                .isEqualTo(
                        "@FaultSweep on method [misnamed()]: found no server named \"mial\"; did you mean \"mail\"?");
        assertThat(run.message("shared"))
                .isEqualTo("@FaultSweep on method [shared()]: found a server on a static field; each run needs its own"
                        + " server: remove static, or put @SocketServer on the method or a parameter");
        assertThat(run.message("sharedByName")).contains("found a server on a static field");
        assertThat(run.message("limit"))
                .isEqualTo(
                        "@FaultSweep on method [limit()]: timeLimit: \"5\" is not a duration; a whole number with ns,"
                                + " us, ms, s, m, h or d is allowed, such as 200ms");
        assertThat(run.message("zero"))
                .isEqualTo("@FaultSweep on method [zero()]: maxTime is 0; from 1 ns to a hundred years is allowed");
        assertThat(run.message("none")).isEqualTo("@FaultSweep on method [none()]: max is 0; 1 or more is allowed");
        assertThat(run.message("regex"))
                .isEqualTo("@FaultSweep on method [regex()]: once: \"(\" is not a regular expression: Unclosed group");
        assertThat(run.message("known"))
                .isEqualTo("@FaultSweep on method [known()]: known: "
                        + Path.of("src/test/resources/io/socketharness/junit5/malformed.faults")
                                .toAbsolutePath()
                        + ", line 1: found \"HANGS stall before \"S: A\" (connection 0)\"; a line is a failing verdict"
                        + " and the name of a fault, such as HANG stall before \"S: 250 hello\" (connection 0)");
    }

    static class Wrong {
        @Test
        @FaultSweep
        void withTest() {}

        @RepeatedTest(2)
        @FaultSweep
        void withRepeatedTest() {}

        @ParameterizedTest
        @ValueSource(ints = 1)
        @FaultSweep
        void withParameterizedTest(int number) {}

        @FaultSweep
        void without() {}

        @FaultSweep
        @SocketServer(name = "one")
        void two(@SocketServer FakeServer other) {}

        @FaultSweep(server = "mial")
        @SocketServer(name = "mail")
        void misnamed() {}

        @FaultSweep(timeLimit = "5")
        @SocketServer
        void limit() {}

        @FaultSweep(maxTime = "0s")
        @SocketServer
        void zero() {}

        @FaultSweep(max = 0)
        @SocketServer
        void none() {}

        @FaultSweep(once = "(")
        @SocketServer
        void regex() {}

        @FaultSweep(known = "malformed.faults")
        @SocketServer
        void known() {}
    }

    static class Shared {
        @SocketServer(optional = true)
        static FakeServer shared;

        @FaultSweep
        void shared() {}

        @FaultSweep(server = "shared")
        @SocketServer(name = "own")
        void sharedByName() {}
    }

    @Test
    void runsAtTheSameTimeAreRefused() {
        Run run = Run.of(ParallelTest.CONCURRENT, Concurrent.class);

        assertThat(run.message("greets"))
                .isEqualTo("@FaultSweep on method [greets()]: found @Execution(CONCURRENT); remove it, because each run"
                        + " depends on the results of those before it");
    }

    static class Concurrent {
        @FaultSweep
        @Execution(ExecutionMode.CONCURRENT)
        void greets(@SocketServer(script = "S: A") FakeServer server) {}
    }

    @Test
    void aSingleInvocationCannotBeSelected() {
        String method = "[engine:junit-jupiter]/[class:" + Selected.class.getName()
                + "]/[test-template:greets(io.socketharness.FakeServer)]";
        Throwable failure = EngineTestKit.engine("junit-jupiter")
                .selectors(selectUniqueId(method + "/[test-template-invocation:#3]"))
                .execute()
                .containerEvents()
                .failed()
                .stream()
                .findFirst()
                .flatMap(event -> event.getPayload(TestExecutionResult.class))
                .flatMap(TestExecutionResult::getThrowable)
                .orElseThrow();

        assertThat(failure)
                .hasMessage("@FaultSweep on method [greets()]: JUnit did not run the test without a fault, which comes"
                        + " first. A single invocation cannot be selected; run one fault with"
                        + " -Dsocketharness.sweep.only='…'");
    }

    static class Selected {
        @FaultSweep(tolerates = IOException.class)
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
        }
    }

    @Test
    void aWrongServerIsReportedAsInATest() {
        Run run = Run.of(WrongServer.class);

        run.counts(0, 1, 0);
        assertThat(run.failures().values().iterator().next())
                .hasMessage("@SocketServer on parameter [server] of [greets()]: unknown transport \"upd\"; did you mean"
                        + " udp?");
    }

    static class WrongServer {
        @FaultSweep
        void greets(@SocketServer(transport = "upd") FakeServer server) {}
    }
}
