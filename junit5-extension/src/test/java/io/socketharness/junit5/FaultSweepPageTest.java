package io.socketharness.junit5;

import static io.socketharness.junit5.FaultSweepTest.ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Capture;
import io.socketharness.testing.StandardError;
import io.socketharness.testing.SweptClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a sweep writes a page, as the end of a failed test writes a capture. */
class FaultSweepPageTest {

    private static final String CLOSE = "close after 1 byte of \"S: AB\" (connection 0)";
    private static final String RESET = "reset after 1 byte of \"S: AB\" (connection 0)";

    @TempDir
    Path directory;

    private Run run(String capture, String fault, Class<?> fixture) {
        return Run.of(
                Map.of(
                        "socketharness.capture",
                        capture,
                        "socketharness.capture.directory",
                        directory.toString(),
                        ONLY,
                        fault),
                fixture);
    }

    /** The directory of a fixture's method. */
    private Path of(Class<?> fixture) {
        return directory.resolve(getClass().getName() + "_" + fixture.getSimpleName() + "/reads");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    @Test
    void aSweepThatFailsWritesItAndSaysWhere() throws IOException {
        Run[] run = new Run[1];
        String printed = StandardError.during(() -> run[0] = run("on-failure", CLOSE, Halves.class));

        run[0].counts(2, 1, 0);
        Path page = of(Halves.class).resolve("sweep.html");
        assertThat(files()).containsExactly("sweep.html");
        assertThat(page)
                .content()
                .contains(
                        "<h1>Fault sweep of FaultSweepPageTest$Halves.reads</h1>",
                        " faults break the client</p>",
                        "Without a fault",
                        "With the fault");
        assertThat(printed)
                .containsOnlyOnce("fault sweep of FaultSweepPageTest$Halves.reads, ")
                .endsWith("\n\nCaptured in " + page.toUri() + System.lineSeparator());
    }

    static class Halves {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void reads(@SocketServer(script = "S: AB") FakeServer server) throws IOException {
            halves(server);
        }
    }

    /** Takes half a line for a whole one. */
    private static void halves(FakeServer server) throws IOException {
        try (SweptClient client = SweptClient.connect(server.address())) {
            assertThat(client.half()).isEqualTo("AB");
        }
    }

    @Test
    void aSweepThatPassesWritesNone() throws IOException {
        String printed = StandardError.during(
                () -> run("on-failure", RESET, Halves.class).passed(3));

        assertThat(files()).isEmpty();
        assertThat(printed).contains(" 1 TOLERATED, ").doesNotContain("Captured in");
    }

    @Test
    void itIsAlwaysWrittenIfWanted() throws IOException {
        run("always", RESET, Halves.class).passed(3);

        assertThat(of(Halves.class).resolve("sweep.html")).content().contains("No fault breaks the client");
    }

    @Test
    void theServerDecides() throws IOException {
        run("", CLOSE, Never.class).counts(2, 1, 0);

        assertThat(files()).isEmpty();
    }

    static class Never {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s")
        void reads(@SocketServer(script = "S: AB", capture = Capture.NEVER) FakeServer server) throws IOException {
            halves(server);
        }
    }

    @Test
    void anOutdatedFileOfKnownWeaknessesFailsTheSweepToo() throws IOException {
        run("on-failure", "close before \"S: A\" (connection 0)", Outdated.class);

        assertThat(of(Outdated.class).resolve("sweep.html"))
                .content()
                .contains(
                        "Known weaknesses that the client survives now",
                        "HANG close before &quot;S: A&quot; (connection 0)");
    }

    static class Outdated {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s", known = "outdated.faults")
        void reads(@SocketServer(script = "S: A") FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
        }
    }

    @Test
    void withoutASweepThereIsTheCaptureOfTheTest() throws IOException {
        run("on-failure", "", Fails.class).counts(0, 1, 0);

        assertThat(files()).contains("capture.html").doesNotContain("sweep.html");
    }

    static class Fails {
        @FaultSweep
        void reads(@SocketServer(script = "S: AB") FakeServer server) throws IOException {
            assertThat(SweptClient.greeting(server.address())).isEqualTo("CD");
        }
    }

    @Test
    void whereItCannotBeWrittenTheSweepIsTheSame() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        directory = file;
        String printed = StandardError.during(
                () -> run("on-failure", CLOSE, Halves.class).counts(2, 1, 0));

        assertThat(printed)
                .containsOnlyOnce("the capture of FaultSweepPageTest$Halves.reads could not be written to " + file)
                .contains(" 1 WRONG_RESULT, ")
                .doesNotContain("Captured in");
    }
}
