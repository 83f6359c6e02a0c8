package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.socketharness.FakeServer;
import io.socketharness.recording.Capture;
import io.socketharness.testing.JdkClient;
import io.socketharness.testing.StandardError;
import io.socketharness.testing.SweptClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.reporting.OutputDirectoryProvider;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Captures of a failed test are attached to its report, or written to a directory. */
class AttachmentTest {

    @Test
    void theDialoguesOfAFailedTestAreAttached(@TempDir Path directory) throws Exception {
        assumeTrue(JUnit.since(5, 12), "JUnit publishes files from 5.12 on");

        Kit.run(directory, Failing.class);

        Map<String, String> files = files(directory);
        assertThat(files.keySet())
                .containsExactly(
                        "judged/capture.html",
                        "judged/capture.pcapng",
                        "judged/dialogue-Failing.field.txt",
                        "judged/dialogue-Failing.server.txt",
                        "judged/dialogue-Failing.shared.txt",
                        "own/capture.html",
                        "own/capture.pcapng",
                        "own/dialogue-Failing.field.txt",
                        "own/dialogue-Failing.server.txt",
                        "own/dialogue-Failing.shared.txt");
        assertThat(files.get("own/dialogue-Failing.server.txt"))
                .startsWith("tcp://127.0.0.1:")
                .contains(" [Failing.server]\n\nconnection 0  ", "\n  C: PING ");
        assertThat(files.get("own/dialogue-Failing.field.txt")).endsWith(" [Failing.field]: no connection\n");
        assertThat(files.get("judged/capture.html"))
                .contains("AttachmentTest$Failing.judged", "expected", "received", "PONG");
    }

    static class Failing {
        @SocketServer
        static FakeServer shared;

        @SocketServer
        FakeServer field;

        @Test
        void own(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PING\n");
            fail("its own failure");
        }

        @Test
        void judged(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
        }

        @Test
        void passes(@SocketServer(script = "C: PING") FakeServer server) {
            JdkClient.tcp(server.address(), "PING\n");
        }
    }

    @Test
    void thePageOfASweepIsAttachedToItsMethod(@TempDir Path directory) throws Exception {
        assumeTrue(JUnit.since(5, 12), "JUnit publishes files from 5.12 on");

        Kit.run(directory, Swept.class);

        assertThat(files(directory))
                .hasEntrySatisfying(
                        "reads/sweep.html",
                        page -> assertThat(page).contains("Fault sweep of AttachmentTest$Swept.reads"));
    }

    static class Swept {
        @FaultSweep(tolerates = IOException.class, timeLimit = "3s", max = 3)
        void reads(@SocketServer(script = "S: A", capture = Capture.ALWAYS) FakeServer server) throws IOException {
            SweptClient.greeting(server.address());
        }
    }

    @Test
    void theFailureNamesThePage(@TempDir Path directory) throws Exception {
        Run run = Run.of(inDirectory(directory), Failing.class);

        String folder = getClass().getName() + "_Failing";
        assertThat(files(directory).keySet())
                .contains(
                        folder + "/judged/capture.html",
                        folder + "/judged/capture.pcapng",
                        folder + "/judged/dialogue-Failing.server.txt",
                        folder + "/own/capture.html")
                .noneMatch(name -> name.contains("passes"));
        run.counts(1, 2, 0);
        assertThat(run.failure("judged"))
                .hasMessageContaining("C: PONG")
                .hasMessageEndingWith("Captured in "
                        + directory
                                .resolve(folder)
                                .resolve("judged/capture.html")
                                .toUri()
                        + ", with capture.pcapng for Wireshark");
        assertThat(run.message("own")).isEqualTo("its own failure");
    }

    private static Map<String, String> inDirectory(Path directory) {
        return Map.of("socketharness.capture", "on-failure", "socketharness.capture.directory", directory.toString());
    }

    /** The report of a server that comes before the exception of the test names its page too. */
    @Test
    void theFirstCauseNamesThePage(@TempDir Path directory) throws Exception {
        Run run = Run.of(inDirectory(directory), Throwing.class);

        assertThat(run.failure("throwing"))
                .hasMessageContaining("received  PONG")
                .hasMessageContaining("/throwing/capture.html, with capture.pcapng for Wireshark");
        assertThat(files(directory).get(getClass().getName() + "_Throwing/throwing/capture.html"))
                .contains("the test goes on");
    }

    static class Throwing {

        @Test
        void throwing(@SocketServer(script = "C: PING\nS: OK") FakeServer server) throws IOException {
            JdkClient.tcp(server.address(), "PONG\n");
            throw new IOException("the test goes on");
        }
    }

    /** The test goes on after its failure in methods around it, and in other extensions. */
    @Test
    void thePageShowsWhenTheTestFailed(@TempDir Path directory) throws Exception {
        Run.of(inDirectory(directory), Hanging.class);

        assertThat(files(directory).get(getClass().getName() + "_Hanging/hangs/capture.html"))
                .containsSubsequence(">PING<", "the test failed here, ", "Read timed out", ">LATER<");
    }

    static class Hanging {

        @SocketServer(script = "@discard")
        FakeServer server;

        @Test
        void hangs() throws IOException {
            JdkClient.tcp(server.address(), "PING\n");
            throw new IOException("Read timed out");
        }

        @AfterEach
        void goesOn() {
            JdkClient.tcp(server.address(), "LATER\n");
        }
    }

    @Test
    void thePlaceIsPrintedAfterTheReason(@TempDir Path directory) throws Exception {
        String printed = StandardError.during(() -> Run.of(inDirectory(directory), Leaving.class));

        assertThat(printed.lines())
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("[Leaving.server], connection 0: step 2 of 2 failed: "),
                        place -> assertThat(place).startsWith("socket-harness: Captured in file:///"));
    }

    static class Leaving {

        @Test
        void leaves(@SocketServer(script = "C: PING\nC: QUIT") FakeServer server) throws IOException {
            JdkClient.tcp(server.address(), "PING\n");
            throw new IOException("Read timed out");
        }
    }

    @Test
    void eachServerChoosesItsCaptures(@TempDir Path directory) throws Exception {
        Map<String, String> configuration = Map.of("socketharness.capture.directory", directory.toString());
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Choosing.class))
                .configurationParameters(configuration)
                .execute();

        String folder = getClass().getName() + "_Choosing/";
        assertThat(files(directory).keySet())
                .containsExactlyInAnyOrder(
                        folder + "fails/capture.html",
                        folder + "fails/capture.pcapng",
                        folder + "fails/dialogue-Choosing.always.txt",
                        folder + "fails/dialogue-Choosing.failing.txt",
                        folder + "passes[2]/capture.html",
                        folder + "passes[2]/capture.pcapng",
                        folder + "passes[2]/dialogue-Choosing.always.txt",
                        folder + "passes[1]/capture.html",
                        folder + "passes[1]/capture.pcapng",
                        folder + "passes[1]/dialogue-Choosing.always.txt");
    }

    static class Choosing {

        @SocketServer(capture = Capture.ALWAYS)
        FakeServer always;

        @SocketServer(capture = Capture.NEVER)
        FakeServer never;

        @SocketServer
        FakeServer failing;

        @RepeatedTest(2)
        void passes() {}

        @Test
        void fails() {
            fail("its own failure");
        }
    }

    /** The method that makes dynamic tests does not fail itself. */
    @Test
    void dynamicTestsAreCaptured(@TempDir Path directory) throws Exception {
        Run.of(inDirectory(directory), Dynamic.class);

        assertThat(files(directory))
                .hasEntrySatisfying(
                        getClass().getName() + "_Dynamic/tests/capture.html",
                        page -> assertThat(page).contains("a dynamic failure"));
    }

    static class Dynamic {

        @TestFactory
        Stream<DynamicTest> tests(@SocketServer FakeServer server) {
            return Stream.of(
                    DynamicTest.dynamicTest("passes", () -> {}),
                    DynamicTest.dynamicTest("fails", () -> fail("a dynamic failure")));
        }
    }

    @Test
    void anAbortedDynamicTestDoesNotHideLaterFailures(@TempDir Path directory) throws Exception {
        Run.of(inDirectory(directory), Aborting.class);

        String folder = getClass().getName() + "_Aborting/";
        assertThat(files(directory))
                .hasEntrySatisfying(
                        folder + "fails/capture.html",
                        page -> assertThat(page).contains("a dynamic failure").doesNotContain("not here"))
                .hasEntrySatisfying(
                        folder + "mismatches/capture.html",
                        page -> assertThat(page).contains("PONG").doesNotContain("not here"));
    }

    static class Aborting {

        @TestFactory
        Stream<DynamicTest> fails(@SocketServer FakeServer server) {
            return Stream.of(
                    DynamicTest.dynamicTest("aborts", () -> assumeTrue(false, "not here")),
                    DynamicTest.dynamicTest("fails", () -> fail("a dynamic failure")));
        }

        @TestFactory
        Stream<DynamicTest> mismatches(@SocketServer(script = "C: PING") FakeServer server) {
            return Stream.of(
                    DynamicTest.dynamicTest("aborts", () -> assumeTrue(false, "not here")),
                    DynamicTest.dynamicTest("sends", () -> JdkClient.tcp(server.address(), "PONG\n")));
        }
    }

    @Test
    void testsOfTheSameNameHaveSeparateDirectories(@TempDir Path directory) throws Exception {
        Run.of(inDirectory(directory), Overloaded.class);

        String folder = getClass().getName() + "_Overloaded/";
        assertThat(files(directory))
                .hasSize(6)
                .containsKeys(folder + "asks/capture.html", folder + "asks-2/capture.html");
    }

    static class Overloaded {

        @SocketServer
        FakeServer server;

        @Test
        void asks() {
            fail("one");
        }

        @Test
        void asks(FakeServer same) {
            fail("two");
        }
    }

    @Test
    void whereFilesCannotBeWrittenTheTestFailsAsItDid(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        Run run = Run.of(inDirectory(file), Failing.class);

        run.counts(1, 2, 0);
        assertThat(run.message("own")).isEqualTo("its own failure");
        assertThat(run.failure("own").getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage, as(STRING))
                .contains("C: PING");
        assertThat(run.message("judged")).contains("C: PONG").doesNotContain("Captured");
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                files.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    /** A class of its own, for what older versions of JUnit do not have; what replaces it came with 5.14. */
    @SuppressWarnings({"deprecation", "removal"})
    private static final class Kit {
        static void run(Path directory, Class<?> fixture) {
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(fixture))
                    .outputDirectoryProvider(new OutputDirectoryProvider() {
                        @Override
                        public Path getRootDirectory() {
                            return directory;
                        }

                        @Override
                        public Path createOutputDirectory(TestDescriptor test) throws IOException {
                            String name = test.getLegacyReportingName().replaceAll("\\(.*", "");
                            return Files.createDirectories(directory.resolve(name));
                        }
                    })
                    .execute();
        }
    }
}
