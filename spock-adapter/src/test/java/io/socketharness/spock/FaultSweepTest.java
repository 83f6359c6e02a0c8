package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.StandardError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runs of a sweep, and what Spock shows of them. */
class FaultSweepTest {

    static final String STALL = "stall before \"S: A\" (connection 0)";
    static final String CLOSE = "close before \"S: A\" (connection 0)";

    @BeforeEach
    void forget() {
        Seen.SERVERS.clear();
        Seen.METHODS.clear();
    }

    @Test
    void aCorrectClientPassesEachRunWithAServerOfItsOwn() {
        Sweeps[] run = new Sweeps[1];
        String printed = StandardError.during(() -> run[0] = Sweeps.of("SweptCorrect"));

        assertThat(run[0].counts()).containsExactly(Seen.SERVERS.size(), 0, 0);
        assertThat(Seen.SERVERS).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(Seen.SERVERS).allMatch(server -> server.recording().isEnded());
        assertThat(Seen.METHODS).hasSize(2 * Seen.SERVERS.size());
        assertThat(run[0].names())
                .startsWith("without a fault", "without a fault, again", STALL)
                .contains(
                        "refuse connection 0 and later",
                        "reset after 1 byte of \"S: A\" (connection 0)",
                        "split \"S: A\" (connection 0)",
                        "close after \"S: A\" (connection 0)")
                .doesNotHaveDuplicates();
        assertThat(printed)
                .containsOnlyOnce("socket-harness: fault sweep of SweptCorrect.greets, ")
                .contains(" faults: ", " SURVIVED, ", " TOLERATED, ", " NOT_APPLICABLE\n")
                .containsPattern("\nS: A +ok +ok +ok");
    }

    @Test
    void aClientWithoutAReadTimeoutHangs() {
        Sweeps run = Sweeps.only(STALL, "SweptHangs");

        assertThat(run.counts()).containsExactly(2, 1, 0);
        assertThat(run.names()).containsExactly("without a fault", "without a fault, again", STALL);
        assertThat(run.failure())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("HANG: " + STALL + "\n"
                        + "the test did not end within 400 ms; a time limit of the client may be longer."
                        + "\nThe test was at\n  at ")
                .hasMessageContaining("SweptClient.line(SweptClient.java:")
                .hasMessageContaining(" reset by the server\n")
                .hasMessageEndingWith("\nRun it alone: -Dsocketharness.sweep.only='" + STALL + "'");
        assertThat(Seen.METHODS).containsExactly("cleanup", "cleanup", "cleanup");
        assertThat(run.failure().getCause()).hasNoSuppressedExceptions();
    }

    @Test
    void aTimeoutOfSpockIsAHang() {
        Sweeps run = Sweeps.only(STALL, "SweptWithTimeout");

        assertThat(run.counts()).containsExactly(2, 1, 0);
        assertThat(run.failure()).hasMessageStartingWith("HANG: " + STALL + "\n");
    }

    @Test
    void aSwallowedExceptionIsJudgedAfterASecondRun() {
        Sweeps run = Sweeps.of("SweptSwallows");

        assertThat(run.failed()).contains(STALL + ", again").allMatch(name -> name.endsWith(", again"));
        assertThat(run.names()).containsSubsequence(STALL, STALL + ", again");
        assertThat(run.failure()).hasMessageStartingWith("SWALLOWED: ");
    }

    @Test
    void aKnownWeaknessIsAborted() {
        Sweeps run = Sweeps.only(STALL, "SweptKnown");

        assertThat(run.counts()).containsExactly(2, 0, 1);
        assertThat(run.failure())
                .hasMessageStartingWith("known weakness, HANG: " + STALL + ": the test did not end within 400 ms;");
    }

    @Test
    void aLineOfAWeaknessThatIsGoneFailsTheSweep() {
        Sweeps run = Sweeps.of("SweptOutdated");

        assertThat(run.failed()).containsExactly("known weaknesses");
        assertThat(run.names()).endsWith("known weaknesses");
        assertThat(run.failure())
                .hasMessageStartingWith("Remove these lines from ")
                .hasMessageEndingWith("""
                        outdated.faults, because the client survives them now:
                          HANG close before "S: A" (connection 0)
                          HANG stall before "S: A" (connection 0)""")
                .hasNoSuppressedExceptions();
        assertThat(Seen.METHODS).hasSize(run.names().size() - 1);
    }

    @Test
    void otherServersOfTheFeatureRunAsUsual() {
        Sweeps run = Sweeps.of("SweptBesideOthers");

        assertThat(run.counts()).containsExactly(2 + 6, 0, 0);
    }

    @Test
    void annotationsCanBeComposedAndFeaturesInherited() {
        assertThat(Sweeps.of("SweptDerived").counts()).containsExactly(2 + 3, 0, 0);
    }

    @Test
    void theIterationsCanBeRolledUp() {
        Sweeps run = Sweeps.only("close after 1 byte of \"S: AB\" (connection 0)", "SweptRolledUp");

        assertThat(run.names()).isEmpty();
        assertThat(run.outside().get("reads"))
                .hasMessageStartingWith("WRONG_RESULT: close after 1 byte of \"S: AB\" (connection 0)\n");
    }
}
