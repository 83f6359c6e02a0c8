package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

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
        Path configuration = Files.writeString(directory.resolve("Parallel.groovy"), """
                runner {
                    parallel {
                        enabled true
                        fixed(4)
                    }
                }
                """);

        assertThat(Child.run(List.of("-Dspock.configuration=" + configuration), "First", "Second"))
                .containsExactly(
                        "> first fails FAILED tcp://127.0.0.1:PORT [First.field], connection 0: step 1 of 1 failed",
                        "> first passes SUCCESSFUL ",
                        "> second #line SUCCESSFUL ",
                        "> second PING SUCCESSFUL ",
                        "> second second FAILED tcp://127.0.0.1:PORT [Second.field], connection 0: step 1 of 1 failed");
    }
}
