package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tapes of features: their files and modes. */
class TapesTest {

    private static final String PORT = "socketharness.test.real.port";
    private static final String MODE = "socketharness.tape";
    private static final String DIRECTORY = "socketharness.tape.directory";

    @TempDir
    Path directory;

    private FakeServer real;

    @BeforeEach
    void startRealServer() {
        real = FakeServer.start("tcp:", Script.parse("C~ GET .*\nS: sunny\n@close"));
        System.setProperty(PORT, String.valueOf(real.port()));
        System.setProperty(MODE, "auto");
        System.setProperty(DIRECTORY, directory.toString());
    }

    @AfterEach
    void stopRealServer() {
        real.close();
        System.clearProperty(PORT);
        System.clearProperty(MODE);
        System.clearProperty(DIRECTORY);
    }

    @Test
    void areRecordedAndReplayed() throws IOException {
        Run.of("Tapes").passed(4);

        try (var files = Files.list(directory.resolve("io/socketharness/spock"))) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("Tapes-asks-for-today-tomorrow.tape", "days-1.tape", "days-2.tape");
        }
        assertThat(directory.resolve("io/socketharness/spock/days-2.tape"))
                .content()
                .contains("GET Sunday");
        real.close();
        System.setProperty(MODE, "replay");
        Run.of("Tapes").passed(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TapeOfFailedIteration", "TapeOfFailedCleanup", "TapeOfFailedCleanupSpec", "TapeOfFailedData"})
    void areNotWrittenAfterAFailureAnywhere(String specification) {
        assertThat(Run.of(specification).failures()).isNotEmpty();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theSameForSeveralFeaturesAreRefused() {
        assertThat(Run.of("AmbiguousTapes").message("asks"))
                .isEqualTo(
                        "@SocketServer on field [server] of [AmbiguousTapes]: tape \"a.tape\" is the same for all tests"
                                + " that field [server] of [AmbiguousTapes] gives a server; put {method} into it, such as"
                                + " {class}-{method}.tape");
    }
}
