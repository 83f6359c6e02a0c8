package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A wrong use is refused before the first run, with what was found and what to do. */
class FaultSweepErrorsTest {

    @Test
    void wrongUsesAreRefused() {
        Run run = Run.of("SweptWrong");

        assertThat(run.message("without"))
                .isEqualTo("@FaultSweep on feature [without]: found no server; put @SocketServer on the feature, a"
                        + " parameter, a field or the specification. For a server that the feature starts, use"
                        + " io.socketharness.sweep.Sweep");
        assertThat(run.message("two"))
                .isEqualTo("@FaultSweep on feature [two]: found several servers: \"one\" (feature [two]), \"other\""
                        + " (parameter [other] of feature [two]); select one with server");
        assertThat(run.message("misnamed"))
                .isEqualTo("@FaultSweep on feature [misnamed]: found no server named \"mial\"; did you mean \"mail\"?");
        assertThat(run.message("limit"))
                .isEqualTo("@FaultSweep on feature [limit]: timeLimit: \"5\" is not a duration; a whole number with ns,"
                        + " us, ms, s, m, h or d is allowed, such as 200ms");
        assertThat(run.message("known"))
                .startsWith("@FaultSweep on feature [known]: known: ")
                .contains("malformed.faults, line 1: found \"HANGS stall before \"S: A\" (connection 0)\"; ");
        assertThat(run.message("where"))
                .isEqualTo("@FaultSweep on feature [where]: found a where: block; remove it, or call"
                        + " io.socketharness.sweep.Sweep in the feature");
        assertThat(run.message("concurrent"))
                .isEqualTo("@FaultSweep on feature [concurrent]: found @Execution(CONCURRENT); remove it, because each"
                        + " run depends on the results of those before it");
        assertThat(run.message("transport"))
                .isEqualTo("@SocketServer on parameter [server] of feature [transport]: unknown transport \"upd\"; did"
                        + " you mean udp?");
        assertThat(run.results().testEvents().succeeded().count()).isZero();
    }

    @Test
    void anotherExtensionForTheIterationsIsRefused() {
        assertThat(Run.of("SweptRepeated").message("repeated"))
                .isEqualTo("@FaultSweep on feature [repeated]: another extension, such as @RepeatUntilFailure,"
                        + " determines the iterations; remove it");
    }

    @Test
    void sharedServersAreRefused() {
        Run run = Run.of("SweptShared");

        assertThat(run.failures()).containsOnlyKeys("only", "by name");
        assertThat(run.message("only"))
                .isEqualTo("@FaultSweep on feature [only]: found a server on a @Shared field; each run needs its own"
                        + " server: remove @Shared, or put @SocketServer on the feature or a parameter");
        assertThat(run.message("by name")).contains("found a server on a @Shared field");
    }

    @Test
    void aSingleIterationCannotBeSelected() {
        UniqueId feature = Run.of("SweptHalves").results().testEvents().started().stream()
                .map(event -> event.getTestDescriptor().getUniqueId())
                .filter(id -> id.getLastSegment().getType().equals("feature"))
                .findFirst()
                .orElseThrow();
        Throwable failure = EngineTestKit.engine("spock")
                .selectors(selectUniqueId(feature.append("iteration", "3")))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(Run::result)
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .orElseThrow();

        assertThat(failure)
                .hasMessage("@FaultSweep on feature [reads]: Spock did not run the feature without a fault, which comes"
                        + " first. A single iteration cannot be selected; run one fault with"
                        + " -Dsocketharness.sweep.only='…'");
    }
}
