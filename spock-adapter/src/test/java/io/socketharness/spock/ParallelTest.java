package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features and iterations that run at the same time, which a file of configuration asks for. */
class ParallelTest {

    @TempDir
    Path directory;

    @Test
    void iterationsThatRunAtTheSameTimeHaveServersOfTheirOwn() throws Exception {
        assertThat(run("", "First", "Second"))
                .containsExactly(
                        "> first fails FAILED tcp://127.0.0.1:PORT [First.field], connection 0: step 1 of 1 failed",
                        "> first passes SUCCESSFUL ",
                        "> second #line SUCCESSFUL ",
                        "> second PING SUCCESSFUL ",
                        "> second second FAILED tcp://127.0.0.1:PORT [Second.field], connection 0: step 1 of 1 failed");
    }

    /** Runs specifications in parallel, with more in the block of the configuration. */
    private List<String> run(String more, String... specifications) throws IOException {
        Path configuration = Files.writeString(directory.resolve("Parallel.groovy"), """
                import org.spockframework.runtime.model.parallel.ExecutionMode
                runner {
                    parallel {
                        enabled true
                        fixed(4)
                        %s
                    }
                }
                """.formatted(more));
        return Child.run(List.of("-Dspock.configuration=" + configuration), specifications);
    }

    @Test
    void strictServersOfConcurrentFeaturesAreRefused() throws Exception {
        String refused =
                " FAILED @SocketServer on field [shared] of [%s]: found a strict server that features share, and"
                        + " Spock can run these features at the same time (runner.parallel.enabled is true, and this one"
                        + " is CONCURRENT); each iteration would fail for the connections of the others: give each"
                        + " iteration its own server, as a parameter or a field without @Shared, or put"
                        + " @Execution(ExecutionMode.SAME_THREAD) on"
                        + " the specification, or set strict to false";

        assertThat(run("", "Strict", "ReadLocked", "OneThread"))
                .containsExactly(
                        "> locked for reading" + refused.formatted("ReadLocked"),
                        "> one thread SUCCESSFUL ",
                        "> one thread [number: 1, #0] SUCCESSFUL ",
                        "> one thread [number: 2, #1] SUCCESSFUL ",
                        "> one thread but for this one" + refused.formatted("OneThread"),
                        "> strict and data-driven" + refused.formatted("Strict"),
                        "> strict and plain" + refused.formatted("Strict"));
    }

    @Test
    void strictServersOfFeaturesThatRunOneAfterAnotherAreNot() throws Exception {
        assertThat(run("", "NotStrictShared", "OneThreadOfFeatures", "StepByStep", "LockedShared", "IsolatedShared"))
                .containsExactly(
                        "> feature in one thread SUCCESSFUL ",
                        "> isolated SUCCESSFUL ",
                        "> locked SUCCESSFUL ",
                        "> not strict SUCCESSFUL ",
                        "> step one SUCCESSFUL ",
                        "> step two SUCCESSFUL ");
        assertThat(run("defaultExecutionMode ExecutionMode.SAME_THREAD", "Strict"))
                .containsExactly(
                        "> strict and data-driven SUCCESSFUL ",
                        "> strict and data-driven [number: 1, #0] SUCCESSFUL ",
                        "> strict and data-driven [number: 2, #1] SUCCESSFUL ",
                        "> strict and plain SUCCESSFUL ");
    }

    @Test
    void theIterationsOfASweepRunOneAfterAnother() throws Exception {
        assertThat(run("", "SweptParallel"))
                .contains("> one SUCCESSFUL ", "> other SUCCESSFUL ", "> without a fault, again SUCCESSFUL ")
                .hasSizeGreaterThan(4 + 10)
                .allMatch(line -> line.endsWith(" SUCCESSFUL "));
    }
}
