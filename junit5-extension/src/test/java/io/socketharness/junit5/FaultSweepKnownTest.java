package io.socketharness.junit5;

import static io.socketharness.junit5.FaultSweepTest.ONLY;
import static io.socketharness.junit5.FaultSweepTest.failed;
import static io.socketharness.junit5.FaultSweepTest.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.SweptClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultSweepKnownTest {

    static final String STALL = "stall before \"S: A\" (connection 0)";
    static final List<String> CALLED = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        CALLED.clear();
    }

    @Test
    void aKnownWeaknessIsAborted() {
        Run run = Run.of(Map.of(ONLY, STALL), Known.class);

        run.counts(2, 0, 1);
        assertThat(run.failures().values().iterator().next())
                .hasMessageStartingWith("known weakness, HANG: " + STALL + ": the test did not end within 300 ms;");
    }

    static class Known {
        @FaultSweep(tolerates = IOException.class, timeLimit = "300ms", known = "hangs.faults")
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            try (SweptClient client = SweptClient.connect(server.address(), SweptClient.NO_TIMEOUT)) {
                client.line();
            }
        }
    }

    @Test
    void aNewWeaknessFailsWithItsLine() {
        String stall = "stall after 1 byte of \"S: A\" (connection 0)";
        Run run = Run.of(Map.of(ONLY, stall), Known.class);

        run.counts(2, 1, 0);
        assertThat(run.failures().values().iterator().next())
                .hasMessageStartingWith("HANG: " + stall)
                .hasMessageEndingWith("\nAccept it for now: add this line to "
                        + Path.of("src/test/resources/io/socketharness/junit5/hangs.faults")
                                .toAbsolutePath()
                        + "\n  HANG " + stall);
    }

    @Test
    void aLineOfAWeaknessThatIsGoneFailsTheSweep() {
        Run run = Run.of(Fixed.class);

        assertThat(failed(run)).containsExactly("known weaknesses");
        assertThat(names(run)).endsWith("known weaknesses");
        assertThat(run.failures().values().iterator().next())
                .hasMessage("Remove these lines from "
                        + Path.of("src/test/resources/io/socketharness/junit5/outdated.faults")
                                .toAbsolutePath()
                        + ", because the client survives them now:\n"
                        + "  HANG close before \"S: A\" (connection 0)\n"
                        + "  HANG stall before \"S: A\" (connection 0)")
                .hasNoSuppressedExceptions();
        assertThat(CALLED).hasSize(names(run).size() - 1);
    }

    static class Fixed {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s", known = "outdated.faults")
        void greets(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
        }

        @AfterEach
        void after() {
            CALLED.add("after");
        }
    }

    @Test
    void theLineOfAFaultThatWasLeftOutStays() {
        Run.of(Map.of(ONLY, "refuse connection 0 and later"), Fixed.class).passed(3);
    }
}
