package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.StandardError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures of features are in a directory. */
class CapturesTest {

    private static final String DIRECTORY = "socketharness.capture.directory";

    @TempDir
    Path directory;

    @BeforeEach
    void chooseDirectory() {
        System.setProperty(Run.CAPTURE, "on-failure");
        System.setProperty(DIRECTORY, directory.toString());
    }

    @AfterEach
    void clear() {
        System.clearProperty(Run.CAPTURE);
        System.clearProperty(DIRECTORY);
    }

    @Test
    void areOfFailedFeatures() throws IOException {
        Run run = Run.of("Captures");

        assertThat(files())
                .containsExactlyInAnyOrder(
                        "asks today_tomorrow[2]/capture.html",
                        "asks today_tomorrow[2]/capture.pcapng",
                        "asks today_tomorrow[2]/dialogue-Captures.shared.txt",
                        "asks today_tomorrow[2]/dialogue-weather.txt",
                        "throws/capture.html",
                        "throws/capture.pcapng",
                        "throws/dialogue-Captures.shared.txt",
                        "throws/dialogue-weather.txt");
        assertThat(run.failures().values())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageContaining("Captured in file:///")
                        .hasMessageContaining("/capture.html, with capture.pcapng for Wireshark"));
    }

    @Test
    void showWhenTheFeatureFailed() throws IOException {
        Run.of("Hanging");

        assertThat(directory.resolve("io.socketharness.spock.Hanging/hangs/capture.html"))
                .content()
                .containsSubsequence(">GET a<", "the test failed here, ", "Read timed out", ">later<");
    }

    @Test
    void theirServersChoose() throws IOException {
        System.setProperty(Run.CAPTURE, "");
        Run.of("Captures");

        assertThat(files()).contains("passes/capture.html", "passes/dialogue-always.txt");
    }

    @Test
    void theEndOfASweepThatFailsWritesItsPage() throws IOException {
        String fault = "close after 1 byte of \"S: AB\" (connection 0)";
        String printed = StandardError.during(() -> Sweeps.only(fault, "SweptHalves"));

        Path page = directory.resolve("io.socketharness.spock.SweptHalves/reads/sweep.html");
        assertThat(page).content().contains("<h1>Fault sweep of SweptHalves.reads</h1>", "With the fault");
        assertThat(printed).endsWith("\n\nCaptured in " + page.toUri() + System.lineSeparator());
        assertThat(page.getParent()).isDirectoryNotContaining(file -> !file.equals(page));
    }

    @Test
    void aSweepThatPassesWritesItsPageIfItIsWanted() {
        String fault = "reset after 1 byte of \"S: AB\" (connection 0)";
        Sweeps.only(fault, "SweptHalves");
        System.setProperty(Run.CAPTURE, "");
        Sweeps.only(fault, "SweptHalvesAlways");

        assertThat(directory.resolve("io.socketharness.spock.SweptHalvesAlways/reads/sweep.html"))
                .content()
                .contains("No fault breaks the client");
        assertThat(directory.resolve("io.socketharness.spock.SweptHalves")).doesNotExist();
    }

    private Stream<String> files() throws IOException {
        Path ofClass = directory.resolve("io.socketharness.spock.Captures");
        try (Stream<Path> all = Files.walk(ofClass)) {
            return all
                    .filter(Files::isRegularFile)
                    .map(file -> ofClass.relativize(file).toString())
                    .toList()
                    .stream();
        }
    }
}
