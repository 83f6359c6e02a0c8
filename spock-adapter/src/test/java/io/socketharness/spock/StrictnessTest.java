package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.spi.FirstCause;
import io.socketharness.testing.Reports;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spockframework.runtime.ConditionFailedWithExceptionError;
import org.spockframework.runtime.SpockTimeoutError;

/** The feature fails when the server's side fails, once, and nothing of its own is hidden. */
class StrictnessTest {

    @BeforeEach
    void forget() {
        Seen.SERVERS.clear();
    }

    @Nested
    class TheFeatureFails {

        @Test
        void ifTheClientDoesNotMeetTheScript() {
            Run run = Run.of("Faults");

            run.counts(0, 4, 0);
            assertThat(run.message("mismatch")).isEqualTo("""
                            tcp://127.0.0.1:PORT [Faults.server], connection 0: step 1 of 2 failed

                              expected  PING
                              received  PONG
                                         ^ byte 1

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: PONG  TIME
                              not reached
                                C: PING                         <- here
                                S: PONG""");
            assertThat(run.message("never connected")).isEqualTo("""
                            tcp://127.0.0.1:PORT [Faults.never connected]: no client connected within 50 ms. Does the client use tcp://127.0.0.1:PORT? If it need not connect, set optional = true.

                                C: PING
                            """);
            assertThat(run.message("enqueued")).contains("no client connected within 50 ms");
            assertThat(run.failure("broken")).hasRootCauseMessage("the behaviour is broken");
        }

        @Test
        void onceForSeveralServersWithTheFirstInTimeAndTheRestSuppressed() {
            Run run = Run.of("SeveralFaults");

            run.counts(0, 1, 0);
            assertThat(run.message("two of three"))
                    .startsWith("tcp://127.0.0.1:PORT [third], connection 0: step 1 of 1 failed");
            assertSuppressed(
                    run.failure("two of three"), "tcp://127.0.0.1:PORT [first], connection 0: step 1 of 1 failed");
        }

        @Test
        void andItsServersAreStoppedAllTheSame() {
            Run.of("SeveralFaults").counts(0, 1, 0);

            assertThat(Seen.SERVERS)
                    .hasSize(3)
                    .allMatch(server -> server.recording().isEnded());
        }

        @Test
        void notIfTheScriptIsOptionalOrOfTheWholeSpecificationOrNotStrict() {
            Run.of("Allowed", "ForAll").passed(4);
        }

        @Test
        void alsoForWhatWentWrongBeforeARetry() {
            Run run = Run.of("Retried");

            assertThat(run.message("at the second attempt"))
                    .startsWith("tcp://127.0.0.1:PORT [Retried.server], connection 0: step 1 of 1 failed");
        }

        @Test
        void notForWhatIsDoneInCleanup() {
            Run.of("Farewell").passed(1);
        }
    }

    @Nested
    class AFeatureThatThrowsBecauseAServerFailed {

        @Test
        void failsWithTheReportOfTheServer() {
            Run run = Run.of("ThrowsAfterwards");

            run.counts(1, 3, 0);
            assertThat(run.message("in a feature").replaceAll("groovy:\\d+", "groovy:LINE"))
                    .isEqualTo("""
                            tcp://127.0.0.1:PORT [ThrowsAfterwards.server], connection 0: step 1 of 1 failed

                              expected  PING
                              received  PONG
                                         ^ byte 1

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: PONG  TIME
                              not reached
                                C: PING                         <- here

                            The test threw java.lang.IllegalStateException: connection closed
                                at io.socketharness.spock.ThrowsAfterwards.in a feature(StrictnessSpecs.groovy:LINE)""");
            assertThat(run.failure("in a feature"))
                    .hasNoSuppressedExceptions()
                    .cause()
                    .hasMessage("connection closed");
        }

        /** Spock wraps the exception. */
        @Test
        void failsWithItInAConditionToo() {
            Run run = Run.of("ThrowsAfterwards");

            assertThat(run.message("in a condition").replaceAll("groovy:\\d+", "groovy:LINE"))
                    .startsWith("tcp://127.0.0.1:PORT [ThrowsAfterwards.server], connection 0: step 1 of 1 failed\n")
                    .contains("The test threw java.lang.IllegalStateException: connection closed\n"
                            + "    at io.socketharness.spock.ThrowsAfterwards.client(StrictnessSpecs.groovy:LINE)");
            assertThat(run.failure("in a condition"))
                    .hasNoSuppressedExceptions()
                    .cause()
                    .hasMessage("connection closed");
            assertThat(run.failure("in a condition, an assertion"))
                    .isInstanceOf(ConditionFailedWithExceptionError.class);
        }

        @Test
        void failsWithItInAFixtureMethodToo() {
            Run run = Run.of("ThrowsInSetup");

            run.counts(0, 1, 0);
            assertThat(run.message("feature"))
                    .startsWith("tcp://127.0.0.1:PORT [ThrowsInSetup.server], connection 0: step 1 of 1 failed");
            assertThat(run.failure("feature")).cause().hasMessage("connection closed");
        }

        @Test
        void failsWithItOnceThoughTheServerServesLaterFeatures() {
            assertThat(Run.of("ThrowsOnASharedServer").failures()).containsOnlyKeys("first");
        }

        @Test
        void keepsItsExceptionWhereThatIsTurnedOff() {
            System.setProperty(FirstCause.PROPERTY, "false");
            try {
                Run run = Run.of("ThrowsInSetup");

                assertThat(run.message("feature")).isEqualTo("connection closed");
                assertSuppressed(
                        run.failure("feature"),
                        "tcp://127.0.0.1:PORT [ThrowsInSetup.server], connection 0: step 1 of 1 failed");
            } finally {
                System.clearProperty(FirstCause.PROPERTY);
            }
        }
    }

    @Nested
    @Timeout(60)
    class AFeatureWhoseClientReadsInVain {

        @ParameterizedTest
        @ValueSource(strings = {"Hangs", "HangsInASpecificationWithALimit"})
        void endsAtItsTimeLimit(String specification) {
            Run run = Run.of(specification);

            run.counts(0, 1, 0);
            assertThat(run.failure("in a read")).isInstanceOf(SpockTimeoutError.class);
            assertSuppressed(
                    run.failure("in a read"),
                    "tcp://127.0.0.1:PORT [" + specification
                            + ".server]: no step was outstanding when the"
                            + " time limit of the test was over; the connections were:");
        }
    }

    @Nested
    class AFeatureThatFailsByItself {

        @ParameterizedTest
        @CsvSource({
            "OwnFailure, both, its own failure",
            "FailedInSetup, feature, setup failed",
            "FailedInCleanup, feature, cleanup failed"
        })
        void keepsItsOwnFailureWithTheServersReportSuppressed(String specification, String feature, String message) {
            Run run = Run.of(specification);

            run.counts(0, 1, 0);
            assertThat(run.message(feature)).isEqualTo(message);
            assertSuppressed(
                    run.failure(feature),
                    "tcp://127.0.0.1:PORT [" + specification + ".server], connection 0: step 1 of 1 failed");
        }

        @Test
        void reportsTheStateOfAServerWithoutFailures() {
            Run run = Run.of("WaitsForMore");

            assertThat(run.message("feature")).isEqualTo("its own failure");
            assertSuppressed(
                    run.failure("feature"),
                    "tcp://127.0.0.1:PORT [WaitsForMore.server]: no step was outstanding when the test failed; the connections were:");
        }

        @Test
        void reportsOutstandingStepsWithoutWaiting() {
            long begin = System.nanoTime();

            Run run = Run.of("FailedEarly");

            assertThat(run.message("feature")).isEqualTo("its own failure");
            assertSuppressed(
                    run.failure("feature"),
                    "tcp://127.0.0.1:PORT [FailedEarly.feature]: no client connected before the test failed.");
            // The server's timeout is far longer.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Nested
    class AnAbortedFeature {

        @Test
        void staysAborted() {
            Run run = Run.of("Aborted");

            run.counts(1, 0, 3);
            assertThat(run.failures().keySet()).containsExactlyInAnyOrder("unmet", "unreached", "of the specification");
            assertThat(run.message("unmet")).isEqualTo("not today");
            assertSuppressed(
                    run.failure("unmet"), "tcp://127.0.0.1:PORT [Aborted.server], connection 0: step 1 of 1 failed");
        }

        @Test
        void staysSoIfItWasAbortedInSetup() {
            Run run = Run.of("AbortedInSetup");

            run.counts(0, 0, 1);
            assertSuppressed(
                    run.failure("feature"),
                    "tcp://127.0.0.1:PORT [AbortedInSetup.server], connection 0: step 1 of 1 failed");
        }

        @Test
        void andSoDoesAnAbortedSpecification() {
            Run run = Run.of("AbortedInSetupSpec");

            run.counts(0, 0, 0);
            run.results()
                    .containerEvents()
                    .assertStatistics(all -> all.aborted(1).failed(0));
            assertSuppressed(
                    run.failure("AbortedInSetupSpec"),
                    "tcp://127.0.0.1:PORT [AbortedInSetupSpec.server], connection 0: step 1 of 1 failed");
        }

        @Test
        void andAPendingOne() {
            Run run = Run.of("Pending");

            run.counts(1, 0, 1);
            assertThat(run.message("to be done")).startsWith("Feature not yet implemented correctly.");
        }
    }

    @Nested
    class AServerOfASharedField {

        @Test
        void isVerifiedForFailuresAfterEachFeature() {
            Run run = Run.of("SharedFault");

            run.counts(1, 1, 0);
            assertThat(run.failures().keySet()).containsExactly("second");
            assertThat(run.message("second"))
                    .startsWith("tcp://127.0.0.1:PORT [SharedFault.server], connection 1: step 1 of 1 failed");
        }

        @Test
        void andAfterEachIterationAndReportsThemOnce() {
            Run run = Run.of("SharedFaultThenMore");

            run.counts(3, 1, 0);
            assertThat(run.failures().keySet()).containsExactly("step PONG");
        }

        @Test
        void isVerifiedForOutstandingStepsAtTheEnd() {
            Run run = Run.of("SharedRest");

            run.counts(1, 0, 0);
            assertThat(run.message("SharedRest"))
                    .startsWith(
                            "tcp://127.0.0.1:PORT [SharedRest.server]: script 2 of 2 was not used within 50 ms: only one client connected.");
        }

        @Test
        void notBeforeCleanupSpec() {
            Run.of("SharedMetInCleanupSpec").passed(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SharedCutShort",
                    "SharedCutShortByAnInitialValue",
                    "SharedCutShortByData",
                    "SharedCutShortByACondition"
                })
        void isNotVerifiedForOutstandingStepsIfAFeatureWasCutShort(String specification) {
            long begin = System.nanoTime();

            Run run = Run.of(specification);

            assertThat(run.failures().keySet()).containsExactly("fails");
            // The server's timeout is far longer.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
    }

    /** One other thing went wrong. */
    private static void assertSuppressed(Throwable failure, String start) {
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(Reports.message(failure.getSuppressed()[0])).startsWith(start);
    }
}
