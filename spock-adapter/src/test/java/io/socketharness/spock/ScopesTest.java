package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long servers live, in plain, data-driven, stepwise and inherited specifications. */
class ScopesTest {

    @BeforeEach
    void forget() {
        Seen.SERVERS.clear();
    }

    private static void allEnded() {
        assertThat(Seen.SERVERS).allMatch(server -> server.recording().isEnded());
    }

    @Test
    void aFieldIsOfTheIterationAndASharedOneOfTheSpecification() {
        Run.of("Lives").passed(2);

        assertThat(Seen.SERVERS).hasSize(3).doesNotHaveDuplicates();
        allEnded();
    }

    @Test
    void everyIterationOfADataDrivenFeatureHasAFreshOne() {
        Run run = Run.of("DataDriven");

        assertThat(run.failures()).isEmpty();
        assertThat(Seen.SERVERS).hasSize(13).doesNotHaveDuplicates();
        allEnded();
    }

    @Test
    void timesOfTheServersOfAFeatureHaveOneOrigin() {
        Run.of("OneOrigin").passed(1);
    }

    @Test
    void theDataOfAFeatureKnowSharedServersAndStandInAnyOrder() {
        assertThat(Run.of("ServerBeforeData").failures()).isEmpty();
    }

    @Test
    void iterationsFailByThemselves() {
        Run run = Run.of("DataDrivenFaults");

        assertThat(run.failures().keySet()).containsExactlyInAnyOrder("unrolled PONG", "rolled up");
        String failure = "tcp://127.0.0.1:PORT [DataDrivenFaults.server], connection 0: step 1 of 1 failed";
        assertThat(run.message("unrolled PONG")).startsWith(failure);
        assertThat(run.message("rolled up")).startsWith(failure);
    }

    @Test
    void afterAStepWhoseServerFailsTheRestIsSkipped() {
        Run run = Run.of("Steps");

        run.results()
                .testEvents()
                .assertStatistics(all -> all.succeeded(1).failed(1).skipped(1));
        assertThat(run.failures().keySet()).containsExactly("second");
    }

    @Test
    void serversAreInherited() {
        Run.of("Derived").passed(2);

        assertThat(Seen.SERVERS).hasSize(12);
        // The shared one is the same.
        assertThat(new HashSet<>(Seen.SERVERS)).hasSize(11);
        allEnded();
    }

    @Test
    void equalAnnotationsAreSeveralServers() {
        Run.of("Equal").passed(1);
    }
}
