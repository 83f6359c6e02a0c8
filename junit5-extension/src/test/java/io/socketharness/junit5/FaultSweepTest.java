package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.StandardError;
import io.socketharness.testing.SweptClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EventType;

/** The runs of a sweep, and what JUnit shows of them. */
class FaultSweepTest {

    static final String ONLY = "socketharness.sweep.only";
    static final List<FakeServer> SEEN = new CopyOnWriteArrayList<>();
    static final List<String> CALLED = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
        CALLED.clear();
    }

    /** The names of the invocations, in order. */
    static List<String> names(Run run) {
        return run.results().testEvents().started().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    /** The names of the failed ones. */
    static List<String> failed(Run run) {
        return run.results().testEvents().failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    @Test
    void aCorrectClientPassesEachRunWithAServerOfItsOwn() {
        Run[] run = new Run[1];
        String printed = StandardError.during(() -> run[0] = Run.of(Correct.class));

        run[0].passed(SEEN.size());
        assertThat(SEEN).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(SEEN).allMatch(server -> server.recording().isEnded());
        assertThat(CALLED).hasSize(2 * SEEN.size());
        assertThat(names(run[0]))
                .startsWith("without a fault", "without a fault, again", "stall before \"S: A\" (connection 0)")
                .contains(
                        "refuse connection 0 and later",
                        "reset after 1 byte of \"S: A\" (connection 0)",
                        "split \"S: A\" (connection 0)",
                        "close after \"S: A\" (connection 0)")
                .doesNotHaveDuplicates();
        assertThat(printed)
                .containsOnlyOnce("socket-harness: fault sweep of FaultSweepTest$Correct.greets, ")
                .contains(" faults: ", " SURVIVED, ", " TOLERATED, ", " NOT_APPLICABLE\n")
                .containsPattern("\nS: A +ok +ok +ok");
        List<String> published = run[0].results().allEvents().stream()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(event -> String.valueOf(event.getPayload().orElseThrow()))
                .toList();
        assertThat(published).hasSize(1);
        assertThat(published.get(0)).contains("fault sweep", " SURVIVED, ", "\nS: A ");
    }

    static class Correct {
        @BeforeEach
        void before() {
            CALLED.add("before");
        }

        @AfterEach
        void after() {
            CALLED.add("after");
        }

        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SEEN.add(server);
            assertThat(SweptClient.greeting(server.address())).isEqualTo("A");
        }
    }

    @Test
    void aClientWithoutAReadTimeoutHangs() {
        Run run = Run.of(Map.of(ONLY, "stall before \"S: A\" (connection 0)"), NoTimeout.class);

        run.counts(2, 1, 0);
        assertThat(names(run))
                .containsExactly("without a fault", "without a fault, again", "stall before \"S: A\" (connection 0)");
        Throwable failure = run.failures().values().iterator().next();
        assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("HANG: stall before \"S: A\" (connection 0)\n"
                        + "the test did not end within 400 ms; a time limit of the client may be longer."
                        + "\nThe test was at\n  at ")
                .hasMessageContaining("SweptClient.line(SweptClient.java:")
                .hasMessageContaining("\nconnection 0 ")
                .hasMessageContaining(" reset by the server\n")
                .hasMessageEndingWith(
                        "\nRun it alone: -Dsocketharness.sweep.only='stall before \"S: A\" (connection 0)'")
                .hasCauseInstanceOf(IOException.class);
        assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("greets");
    }

    static class NoTimeout {
        @FaultSweep(tolerates = IOException.class, timeLimit = "400ms")
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            try (SweptClient client = SweptClient.connect(server.address(), SweptClient.NO_TIMEOUT)) {
                client.line();
            }
        }
    }

    @Test
    void whatCleansUpAfterAHangIsNotInterrupted() {
        Run run = Run.of(Map.of(ONLY, "stall before \"S: A\" (connection 0)"), CleansUp.class);

        run.counts(2, 1, 0);
        assertThat(CALLED).containsExactly("after", "after", "after");
        assertThat(run.failures().values().iterator().next()).cause().hasNoSuppressedExceptions();
    }

    static class CleansUp extends NoTimeout {
        @AfterEach
        void after() throws InterruptedException {
            CALLED.add("after");
            // longer than the time between two interrupts
            Thread.sleep(120);
        }
    }

    @Test
    void aSwallowedExceptionIsJudgedAfterASecondRun() {
        Run run = Run.of(Swallows.class);

        assertThat(failed(run))
                .contains("stall before \"S: A\" (connection 0), again")
                .allSatisfy(name -> assertThat(name).endsWith(", again"));
        assertThat(names(run))
                .containsSubsequence(
                        "stall before \"S: A\" (connection 0)", "stall before \"S: A\" (connection 0), again");
        assertThat(run.results().testEvents().failed().stream()
                        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                        .flatMap(result -> result.getThrowable().stream()))
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith("SWALLOWED: ")
                        .hasMessageContaining("the test returned, but \"S: A\" did not arrive, and the test needs it"));
    }

    static class Swallows {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s", lastReplyNeeded = true, max = 4)
        void greets(@SocketServer(script = "S: A") FakeServer server) {
            SweptClient.swallowed(server.address());
        }
    }

    @Test
    void aRunThatSaysNothingIsAborted() {
        Run run = Run.of(Map.of(ONLY, "close after \"C: PING\" (connection 0)"), Changes.class);

        run.counts(2, 0, 1);
        Throwable aborted = run.failures().values().iterator().next();
        assertThat(aborted).hasMessageStartingWith("DIVERGED: close after \"C: PING\" (connection 0): ");
    }

    static class Changes {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void pings(@SocketServer(script = "C: PING\nS: PONG") FakeServer server) throws IOException {
            SEEN.add(server);
            try (SweptClient client = SweptClient.connect(server.address())) {
                client.write(SEEN.size() > 2 ? "HELP" : "PING");
                client.line();
            }
        }
    }

    @Test
    void atMostMaxFaultsRun() {
        Run run = Run.of(Few.class);

        run.passed(4);
    }

    static class Few {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s", max = 2)
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
        }
    }
}
