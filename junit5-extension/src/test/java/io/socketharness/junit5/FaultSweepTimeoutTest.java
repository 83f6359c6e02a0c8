package io.socketharness.junit5;

import static io.socketharness.junit5.FaultSweepTest.ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.SweptClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A sweep of a method with a time limit of JUnit. */
class FaultSweepTimeoutTest {

    private static final String STALL = "stall before \"S: A\" (connection 0)";

    private static Throwable failure(Class<?> fixture) {
        Run run = Run.of(Map.of(ONLY, STALL), fixture);
        run.counts(2, 1, 0);
        return run.failures().values().iterator().next();
    }

    private static void waitForEver(FakeServer server) throws IOException {
        try (SweptClient client = SweptClient.connect(server.address(), SweptClient.NO_TIMEOUT)) {
            client.line();
        }
    }

    @Test
    void aHangOnTheThreadOfATimeoutIsFoundThere() {
        assertThat(failure(OnItsOwnThread.class).getMessage())
                .startsWith("HANG: " + STALL + "\nthe test did not end within 300 ms;")
                .containsPattern("  at [\\w.]+FaultSweepTimeoutTest.waitForEver\\(")
                .doesNotContain("assertTimeoutPreemptively");
    }

    static class OnItsOwnThread {
        @FaultSweep(tolerates = IOException.class, timeLimit = "300ms")
        @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            waitForEver(server);
        }
    }

    @Test
    void aTestThatTheTimeoutEndsFirstIsAHang() {
        assertThat(failure(EndedByJUnit.class))
                .hasMessageMatching("(?s)HANG: \\Q" + STALL + "\\E\na time limit of the test framework ended the test"
                        + " \\(greets.* timed out after 500 milliseconds\\); a time limit of the client may be longer.*"
                        + "FaultSweepTimeoutTest.waitForEver\\(.*")
                .hasCauseInstanceOf(TimeoutException.class);
    }

    static class EndedByJUnit {
        @FaultSweep(tolerates = Exception.class, timeLimit = "30s")
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            waitForEver(server);
        }
    }

    @Test
    void soIsOneThatItEndsOnAThreadOfItsOwn() {
        assertThat(failure(EndedOnItsOwnThread.class))
                .hasMessageStartingWith("HANG: " + STALL + "\na time limit of the test framework ended the test")
                .hasMessageContaining("FaultSweepTimeoutTest.waitForEver(");
    }

    static class EndedOnItsOwnThread {
        @FaultSweep(tolerates = Exception.class, timeLimit = "30s")
        @Timeout(value = 500, unit = TimeUnit.MILLISECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            waitForEver(server);
        }
    }

    @Test
    void aTimeoutExceptionOfTheClientIsAnException() {
        Run.of(Map.of(ONLY, STALL), OfTheClient.class).passed(3);
    }

    static class OfTheClient {
        @FaultSweep(tolerates = TimeoutException.class, timeLimit = "30s")
        void greets(@SocketServer(script = "S: A") FakeServer server) throws Exception {
            try {
                SweptClient.greeting(server.address());
            } catch (IOException fault) {
                throw new TimeoutException("no answer");
            }
        }
    }
}
