package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.ServerThreads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NothingLeftTest {

    @BeforeEach
    void forget() {
        Seen.SERVERS.clear();
    }

    @Test
    void fiftyIterationsLeaveNoThread() {
        Run run = Run.of("Fifty");

        assertThat(run.failures()).isEmpty();
        assertThat(ServerThreads.alive()).isEmpty();
    }

    @Test
    void theCheckSeesTheThreadsOfARunningServer() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            assertThat(ServerThreads.alive())
                    .anyMatch(thread -> thread.contains(server.uri().toString()));
        }
    }

    @Test
    void norDoesASpecificationThatFailsInItsBeginning() {
        Run run = Run.of("FailsInTheBeginning", "HalfStarted", "Afterwards");

        run.counts(1, 0, 0);
        assertThat(run.message("FailsInTheBeginning")).isEqualTo("no value");
        assertThat(Seen.SERVERS)
                .hasSize(1)
                .allMatch(server -> server.recording().isEnded());
        assertThat(run.message("HalfStarted"))
                .startsWith("@SocketServer on field [second] of [HalfStarted]: cannot start tcp://host.invalid:0");
    }

    @Test
    void norDoesAnIterationThatFailsInItsBeginning() {
        Run run = Run.of("IterationsFailInTheBeginning", "Afterwards");

        assertThat(run.failures().keySet())
                .contains("feature", "iteration 1")
                .doesNotContain("IterationsFailInTheBeginning", "nothing is left");
    }

    @Test
    void norDoesWhatFailsInItsEnd() {
        Run run = Run.of("Fails");

        assertThat(run.message("feature")).startsWith("tcp://127.0.0.1:PORT [Fails.server]: no client connected");
        assertThat(run.message("Fails"))
                .startsWith("tcp://127.0.0.1:PORT [Fails.shared], connection 0: step 1 of 1 failed");
        assertThat(run.failure("Fails")).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(Seen.SERVERS)
                .hasSize(2)
                .allMatch(server -> server.recording().isEnded());
        assertThat(ServerThreads.alive()).isEmpty();
    }
}
