package io.socketharness.spock;

import static io.socketharness.spock.FaultSweepTest.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exceptions of all methods of an iteration are evidence of a run with a fault, and failures of a run without one. */
class FaultSweepEvidenceTest {

    private static final String NOTHING_SWEPT = "The run without a fault failed, so nothing was swept:\n";

    @BeforeEach
    void forget() {
        Seen.METHODS.clear();
    }

    /** Spock wraps what an expression of a condition throws. */
    @Test
    void theExceptionOfTheClientCountsNotTheFailedCondition() {
        Sweeps run = Sweeps.only(CLOSE, "SweptConditions");

        // tolerated in a condition, and in a condition of a method that a condition calls
        assertThat(run.counts()).containsExactly(3 * 2 + 1, 2, 0);
        assertThat(run.failures())
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith("WRONG_EXCEPTION: " + CLOSE + "\n"
                                + "the test threw java.io.EOFException: the line ends after \"\"\n"
                                + "No exception is tolerated. ")
                        .cause()
                        .hasMessageContaining("SweptClient.greeting(server.address()) == 'A'")
                        .hasCauseInstanceOf(EOFException.class))
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith("WRONG_RESULT: " + CLOSE + "\n")
                        .hasMessageContaining("Expected no exception to be thrown"));
    }

    @Test
    void itCountsInACallOfASweepToo() {
        Run.of("SweptByCall").passed(1);
    }

    @Test
    void aToleratedExceptionOfSetupPassesWithoutTheFeature() {
        Sweeps run = Sweeps.only(CLOSE, "SweptSetup");

        assertThat(run.counts()).containsExactly(3, 0, 0);
        assertThat(Seen.METHODS)
                .containsExactly("setup", "feature", "cleanup", "setup", "feature", "cleanup", "cleanup");
    }

    @Test
    void aToleratedExceptionOfAFieldPassesWithoutSetupAndTheFeature() {
        Sweeps run = Sweeps.only(CLOSE, "SweptField");

        assertThat(run.counts()).containsExactly(3, 0, 0);
        assertThat(Seen.METHODS)
                .containsExactly("setup", "feature", "cleanup", "setup", "feature", "cleanup", "cleanup");
    }

    @Test
    void anExceptionOfCleanupIsEvidenceToo() {
        Sweeps run = Sweeps.only(CLOSE, "SweptCleanup");

        assertThat(run.counts()).containsExactly(2, 1, 0);
        assertThat(run.failure())
                .hasMessageStartingWith("WRONG_EXCEPTION: " + CLOSE + "\n"
                        + "the test threw java.lang.IllegalStateException: not connected\n\n");
    }

    @Test
    void nothingIsSweptIfTheFeatureFailsWithoutAFault() {
        Sweeps run = Sweeps.of("SweptNothing");

        assertThat(run.names()).allMatch(name -> name.startsWith("without a fault"));
        // the dialogues differ in the second run
        assertThat(run.counts()).containsExactly(1, 5, 1);
        assertThat(run.failures())
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith(NOTHING_SWEPT
                                + "Condition not satisfied:\n\nSweptClient.greeting(server.address()) == 'B'"))
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith(NOTHING_SWEPT)
                        .hasMessageContaining("  expected  PONG\n  received  PING\n")
                        .hasMessageContaining("\nThe test threw java.io.EOFException"))
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith(NOTHING_SWEPT)
                        .hasMessageContaining("  C: PING"))
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith(NOTHING_SWEPT + "The test is not repeatable: two runs without a fault"
                                + " differ in message 1 of connection 0\n"))
                .anySatisfy(failure -> assertThat(failure)
                        .hasMessageStartingWith(NOTHING_SWEPT + "the test did not end within 1100 ms. It was at\n  at ")
                        .hasMessageContaining("SweptClient.line(")
                        .hasMessageContaining("\nconnection 0 "))
                .anySatisfy(failure -> assertThat(failure).hasMessage("not here"));
    }

    @Test
    void nothingIsSweptIfAFieldFailsWithoutAFault() {
        Map<String, Throwable> failures = Sweeps.of("SweptNothingBefore").outside();

        // Spock skips the rest of a feature if the initial values of an iteration fail
        assertThat(failures.keySet()).containsExactly("without a fault", "greets");
        assertThat(failures.values())
                .allSatisfy(failure ->
                        assertThat(failure).hasMessage(NOTHING_SWEPT + "java.lang.IllegalStateException: no data"));
    }
}
