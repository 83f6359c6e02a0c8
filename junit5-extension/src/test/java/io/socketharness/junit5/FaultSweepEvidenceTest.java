package io.socketharness.junit5;

import static io.socketharness.junit5.FaultSweepTest.ONLY;
import static io.socketharness.junit5.FaultSweepTest.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import io.socketharness.testing.SweptClient;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.opentest4j.AssertionFailedError;

/** Exceptions of all methods of a test are evidence of the run with a fault, and failures of the run without one. */
class FaultSweepEvidenceTest {

    private static final String NOTHING_SWEPT = "The run without a fault failed, so nothing was swept:\n";
    static final String CLOSE = "close before \"S: A\" (connection 0)";
    static final List<String> CALLED = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        CALLED.clear();
    }

    /** Runs one fault, and returns the failure of its invocation. */
    private static Throwable failure(String fault, Class<?> fixture) {
        Run run = Run.of(Map.of(ONLY, fault), fixture);
        run.counts(2, 1, 0);
        return run.failures().values().iterator().next();
    }

    @Test
    void aToleratedExceptionOfBeforeEachPassesWithoutTheMethod() {
        Run.of(Map.of(ONLY, CLOSE), Prepared.class).passed(3);

        assertThat(CALLED).containsExactly("prepared", "test", "after", "prepared", "test", "after", "after");
    }

    static class Prepared {
        @BeforeEach
        void prepare(@SocketServer(name = "prepared", script = "S: A") FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
            CALLED.add("prepared");
        }

        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void tests() {
            CALLED.add("test");
        }

        @AfterEach
        void after() {
            CALLED.add("after");
        }
    }

    @Test
    void anotherExceptionOfBeforeEachFails() {
        Throwable failure = failure(CLOSE, WronglyPrepared.class);

        assertThat(failure)
                .hasMessageStartingWith("WRONG_EXCEPTION: " + CLOSE + "\n"
                        + "the test threw java.io.EOFException: the line ends after \"\"\n"
                        + "No exception is tolerated. If the client may report a fault with this one, declare it:"
                        + " tolerates of @FaultSweep, or tolerating of Sweep.\n\n")
                .hasCauseInstanceOf(EOFException.class);
    }

    static class WronglyPrepared {
        @BeforeEach
        void prepare(@SocketServer(name = "prepared", script = "S: A") FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
        }

        @FaultSweep(timeLimit = "3s")
        void tests() {}
    }

    @Test
    void anExceptionOfAfterEachIsEvidenceToo() {
        Throwable failure = failure(CLOSE, WronglyCleaned.class);

        assertThat(failure)
                .hasMessageStartingWith("WRONG_EXCEPTION: " + CLOSE + "\n"
                        + "the test threw java.lang.IllegalStateException: not connected\n\n");
    }

    static class WronglyCleaned {
        boolean connected;

        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void greets(@SocketServer(script = "S: A") FakeServer server) {
            try {
                SweptClient.greeting(server.address());
                connected = true;
            } catch (IOException reported) {
                connected = false;
            }
        }

        @AfterEach
        void clean() {
            if (!connected) {
                throw new IllegalStateException("not connected");
            }
        }
    }

    @Test
    void aConnectionThatAfterEachClosesIsNoLeak() {
        Run.of(Map.of(ONLY, CLOSE), ClosedLater.class).passed(3);
    }

    static class ClosedLater {
        final List<SweptClient> clients = new CopyOnWriteArrayList<>();

        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SweptClient client = SweptClient.connect(server.address());
            clients.add(client);
            client.line();
        }

        @AfterEach
        void close() throws IOException {
            for (SweptClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aConnectionThatStaysOpenIsALeak() {
        Run run = Run.of(Map.of(ONLY, CLOSE), Leaks.class);

        run.counts(3, 1, 0);
        assertThat(names(run)).endsWith(CLOSE, CLOSE + ", again");
        assertThat(run.failures().values().iterator().next())
                .hasMessageStartingWith(
                        "LEAK: " + CLOSE + "\n1 connection of the client is still open 500 ms after the test\n\n");
        Leaks.CLIENTS.clear();
    }

    static class Leaks {
        /** So that they are not collected. */
        static final List<SweptClient> CLIENTS = new CopyOnWriteArrayList<>();

        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SweptClient client = SweptClient.connect(server.address());
            CLIENTS.add(client);
            client.line();
            client.close();
        }
    }

    @Test
    void aTestThatIgnoresInterruptsEndsTheSweepWhenItEnds() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("io.socketharness");
        Filter before = logger.getFilter();
        logger.setFilter(entry -> {
            warnings.add(entry.getMessage());
            return false;
        });
        Run run;
        try {
            run = Run.of(Map.of(), IgnoresInterrupts.class);
        } finally {
            logger.setFilter(before);
        }

        assertThat(warnings)
                .singleElement(STRING)
                .startsWith("fault sweep: a test did not end, although its connections were reset and its thread was")
                .contains(
                        ": stall before \"S: A\" (connection 0). The sweep leaves out the other faults when it ends.\n"
                                + "At its time limit, the test was at\n  at ")
                .contains("SweptClient.greeting(");
        run.counts(2, 1, 0);
        assertThat(run.failures().values().iterator().next())
                .hasMessageStartingWith("HANG: stall before \"S: A\" (connection 0)\n");
    }

    static class IgnoresInterrupts {
        @FaultSweep(tolerates = IOException.class, timeLimit = "300ms")
        void greets(@SocketServer(script = "S: A") FakeServer server) {
            try {
                SweptClient.greeting(server.address());
            } catch (IOException fault) {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(6_500);
                while (System.nanoTime() - end < 0) {
                    LockSupport.parkNanos(end - System.nanoTime());
                    Thread.interrupted();
                }
            }
        }
    }

    @Test
    void nothingIsSweptIfTheTestFailsWithoutAFault() {
        Run run = Run.of(
                WrongResult.class, WrongScript.class, Unfinished.class, Differs.class, TooSlow.class, Before.class);

        run.counts(1, 6, 0);
        assertThat(names(run))
                .filteredOn(name -> !name.startsWith("without a fault"))
                .isEmpty();
        assertThat(failureOf(run, "WrongResult"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage(NOTHING_SWEPT + "expected: <B> but was: <A>");
        assertThat(failureOf(run, "WrongScript"))
                .hasMessageStartingWith(NOTHING_SWEPT)
                .hasMessageContaining("  expected  PONG\n  received  PING\n")
                .hasMessageContaining("\nThe test threw java.io.EOFException");
        assertThat(failureOf(run, "Unfinished"))
                .hasMessageStartingWith(NOTHING_SWEPT)
                .hasMessageContaining("PING");
        assertThat(failureOf(run, "Differs"))
                .hasMessageStartingWith(NOTHING_SWEPT
                        + "The test is not repeatable: two runs without a fault differ in message 1 of connection 0\n");
        assertThat(failureOf(run, "TooSlow"))
                .hasMessageStartingWith(NOTHING_SWEPT + "the test did not end within 1100 ms. It was at\n  at ")
                .hasMessageContaining("SweptClient.line(")
                .hasMessageContaining("\nconnection 0 ");
        assertThat(failureOf(run, "Before")).hasMessage(NOTHING_SWEPT + "java.lang.IllegalStateException: no data");
    }

    private static Throwable failureOf(Run run, String fixture) {
        return run.results().testEvents().failed().stream()
                .filter(event ->
                        event.getTestDescriptor().getUniqueId().toString().contains("$" + fixture + "]"))
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    static class WrongResult {
        @FaultSweep
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            assertEquals("B", SweptClient.greeting(server.address()));
        }
    }

    static class WrongScript {
        @FaultSweep
        void pings(@SocketServer(script = "C: PONG\nS: OK") FakeServer server) throws IOException {
            try (SweptClient client = SweptClient.connect(server.address())) {
                client.write("PING");
                client.line();
            }
        }
    }

    static class Unfinished {
        @FaultSweep
        void greets(@SocketServer(timeout = "100ms", script = "S: A\nC: PING") FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
        }
    }

    static class Differs {
        @FaultSweep
        void sends(@SocketServer(script = "C~ .*\nS: A") FakeServer server) throws IOException {
            CALLED.add("differs");
            try (SweptClient client = SweptClient.connect(server.address())) {
                client.write("run " + CALLED.size());
                client.line();
            }
        }
    }

    static class TooSlow {
        @FaultSweep
        void waits(@SocketServer(timeout = "100ms", script = "S: A\n@stall") FakeServer server) throws IOException {
            try (SweptClient client = SweptClient.connect(server.address(), SweptClient.NO_TIMEOUT)) {
                client.line();
                client.line();
            }
        }
    }

    static class Before {
        @BeforeEach
        void prepare() {
            throw new IllegalStateException("no data");
        }

        @FaultSweep
        void greets(@SocketServer(script = "S: A") FakeServer server) {}
    }

    @Test
    void nothingIsSweptIfTheTestIsAborted() {
        Run run = Run.of(Aborted.class);

        run.counts(0, 0, 1);
        assertThat(run.failures().values().iterator().next()).hasMessage("Assumption failed: not here");
    }

    static class Aborted {
        @FaultSweep
        void greets(@SocketServer(script = "S: A") FakeServer server) {
            assumeTrue(server == null, "not here");
        }
    }
}
