package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** System properties that say where a server is. */
class PropertiesTest {

    private static final String NEEDS_LOCK = ": its properties are set for the whole JVM, and Spock runs features in"
            + " parallel (runner.parallel.enabled is true); put @ResourceLock(Resources.SYSTEM_PROPERTIES) on the ";

    @TempDir
    Path directory;

    @Test
    void areSetWhileAServerLives() {
        Run.of("SetsProperties").passed(3);
        assertThat(System.getProperties()).doesNotContainKeys("harness.spock.port", "harness.spock.uri");
    }

    @Test
    void needALockWhereFeaturesRunInParallel() throws Exception {
        Path configuration = Files.writeString(directory.resolve("Parallel.groovy"), """
                runner {
                    parallel {
                        enabled true
                        fixed(4)
                    }
                }
                """);

        assertThat(Child.run(List.of("-Dspock.configuration=" + configuration), "Unlocked", "UnlockedShared", "Alone"))
                .containsExactly(
                        "> UnlockedShared FAILED @SocketServer on field [server] of [UnlockedShared]" + NEEDS_LOCK
                                + "specification in mode READ_WRITE",
                        "> alone SUCCESSFUL ",
                        "> locked SUCCESSFUL ",
                        "> locked for reading FAILED @SocketServer on feature [locked for reading]" + NEEDS_LOCK
                                + "feature or the specification in mode READ_WRITE",
                        "> unlocked FAILED @SocketServer on feature [unlocked]" + NEEDS_LOCK
                                + "feature or the specification in mode READ_WRITE");
    }
}
