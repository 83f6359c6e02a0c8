package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Capture;
import io.socketharness.script.Script;
import io.socketharness.testing.ChildJvm;
import io.socketharness.testing.JdkClient;
import io.socketharness.testing.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of a test, and what happens if they cannot be written. */
class TestCapturesTest extends CapturesTest {

    @Test
    void theFailureNamesThePageOfAllServers() throws IOException {
        try (FakeServer one = failed("one", Capture.ON_FAILURE);
                FakeServer two = failed("two/2", Capture.ON_FAILURE);
                FakeServer never = failed("never", Capture.NEVER)) {
            VerificationResult result = verified(one, two, never);

            assertThat(printed(() -> captures("test").ended(List.of(one, two, never), null, result)))
                    .isEmpty();

            Path folder = directory.resolve("io.socketharness.spi.CapturesTest/test");
            assertThat(files(folder))
                    .containsExactly("capture.html", "capture.pcapng", "dialogue-one.txt", "dialogue-two_2.txt");
            assertThat(message(result))
                    .startsWith("tcp://127.0.0.1:" + one.port() + " [one], connection 0: step 1 of 1 failed")
                    .endsWith("\n\nCaptured in "
                            + folder.resolve("capture.html").toUri() + ", with capture.pcapng for Wireshark");
            assertThat(folder.resolve("capture.html"))
                    .content()
                    .contains("CapturesTest.test", "[one]", "[two/2]", "******")
                    .doesNotContain("sesame");
            for (String file : files(folder)) {
                assertThat(Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("sesame");
            }
        }
    }

    @Test
    void thePageSaysThatAMismatchDidNotFailTheTest() throws Exception {
        try (FakeServer server =
                FakeServer.start("tcp:?name=lenient&strict=false&capture=always", Script.parse("C: PING"))) {
            JdkClient.tcp(server.address(), "PONG\n");
            server.recording().awaitExchange(0).awaitEnd();
            VerificationResult result = verified(server);
            captures("test").ended(List.of(server), null, result);
            Page page = Page.read(directory.resolve("io.socketharness.spi.CapturesTest/test/capture.html"));

            assertThat(message(result)).isEqualTo("passed");
            assertThat(page.one("//p[@class='verdict warned']"))
                    .isEqualTo("No failure, but a mismatch that did not fail the test");
            assertThat(page.one("//section[@class='failure note']/h2")).isEqualTo("step 1 of 1 failed");
            assertThat(page.one("//span[@class='received']")).isEqualTo("received  PONG\n");
            assertThat(page.one("//p[@class='ending']"))
                    .isEqualTo("This did not fail the test: the server has strict = false, so that the test verifies it"
                            + " itself.");
            assertThat(page.one("//section[@class='failure note']/a/@href")).isEqualTo("#failed-0");
        }
    }

    @Test
    void thePlaceIsPrintedForAnotherFailure() throws IOException {
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            AssertionError own = new AssertionError("expected 1 but was 2");
            VerificationResult result = new VerificationResult();
            result.verifyTest(List.of(server), own);

            assertThat(printed(() -> captures("test").ended(List.of(server), own, result)))
                    .startsWith("socket-harness: Captured in file:///")
                    .endsWith("/test/capture.html, with capture.pcapng for Wireshark\n");
            assertThat(directory.resolve("io.socketharness.spi.CapturesTest/test/capture.html"))
                    .content()
                    .contains("expected 1 but was 2", "PING");
        }
    }

    @Test
    void theReportOfTheFirstCauseNamesThePageWhichIsCompletedLater() throws IOException {
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            TestCaptures captures = captures("test");
            Throwable report = FirstCause.of(
                    List.of(server), new IOException("no answer"), new TestCode(TestCapturesTest.class, "t"), captures);
            assertThat(report).hasMessageContaining("no answer").message().contains("\n\nCaptured in file:///");
            JdkClient.tcp(server.address(), "LATER\n");
            VerificationResult result = new VerificationResult();
            result.addDropped(List.of(server), report);
            result.verifyTest(List.of(server), report);

            assertThat(printed(() -> captures.ended(List.of(server), report, result)))
                    .doesNotContain("Captured");
            assertThat(directory.resolve("io.socketharness.spi.CapturesTest/test/capture.html"))
                    .content()
                    .contains("LATER", "no answer");
        }
    }

    @Test
    void theParameterAppliesToAllServers() throws IOException {
        try (FakeServer server = failed("server", Capture.NEVER)) {
            parameters.put("socketharness.capture", "never");
            captures("failed").ended(List.of(server), null, verified(server));
            assertThat(files(directory)).isEmpty();

            parameters.put("socketharness.capture", "always");
            captures("passed").ended(List.of(server), null, new VerificationResult());
            assertThat(files(directory)).hasSize(3).allMatch(file -> file.contains("/passed/"));

            parameters.put("socketharness.capture", "Sometimes");
            assertThat(printed(() -> captures("x").ended(List.of(server), null, new VerificationResult())))
                    .isEqualTo("socket-harness: socketharness.capture is \"Sometimes\"; on-failure, always or never is"
                            + " allowed. on-failure applies.\n");
            assertThat(printed(() -> captures("y").ended(List.of(server), null, new VerificationResult())))
                    .isEmpty();
        }
    }

    @Test
    void anAbortedTestIsNotCaptured() throws IOException {
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            Throwable abort = new org.opentest4j.TestAbortedException("not here");
            captures("test").ended(List.of(server), abort, new VerificationResult());

            assertThat(files(directory)).isEmpty();
        }
    }

    @Test
    void theNamesOfFilesCanBePrinted() throws IOException {
        parameters.put("socketharness.capture.print", "true");
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            Path folder = directory.resolve("io.socketharness.spi.CapturesTest/test");

            assertThat(printed(() -> captures("test").ended(List.of(server), null, verified(server))))
                    .isEqualTo("[[ATTACHMENT|" + folder.resolve("dialogue-server.txt") + "]]\n[[ATTACHMENT|"
                            + folder.resolve("capture.html") + "]]\n[[ATTACHMENT|"
                            + folder.resolve("capture.pcapng") + "]]\n");
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenCostsALineForAllTests() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        parameters.put("socketharness.capture.directory", file.toString());
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            VerificationResult result = verified(server);

            assertThat(printed(() -> captures("test").ended(List.of(server), null, result)))
                    .startsWith("socket-harness: the capture of CapturesTest.test could not be written to " + file
                            + ": java.nio.file.")
                    .endsWith(". Set socketharness.capture.directory to a directory that can be written, or"
                            + " socketharness.capture to never. This is reported once for each directory.\n")
                    .hasLineCount(1);
            assertThat(message(result)).contains("PING").doesNotContain("Captured");
            assertThat(printed(() -> captures("other").ended(List.of(server), null, verified(server))))
                    .isEmpty();
        }
    }

    @Test
    void filesThatCannotBeWrittenCostALine() throws IOException {
        Path folder = directory.resolve("io.socketharness.spi.CapturesTest/test");
        // in the way of the files
        Files.createDirectories(folder.resolve("capture.html/x"));
        Files.createDirectories(folder.resolve("capture.pcapng/x"));
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            assertThat(printed(() -> captures("test").ended(List.of(server), null, verified(server))))
                    .startsWith("socket-harness: capture.html and capture.pcapng of CapturesTest.test could not be"
                            + " written: java.nio.file.")
                    .hasLineCount(1);
        }
    }

    @Test
    void theTestFrameworkMayKeepTheFiles() throws IOException {
        parameters.clear();
        Path attachments = Files.createDirectory(directory.resolve("kept by the framework"));
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            VerificationResult result = verified(server);
            captures("test", (name, mediaType, content) -> {
                        content.write(attachments.resolve(name + "." + mediaType.replaceAll("\\W.*", "")));
                        return true;
                    })
                    .ended(List.of(server), null, result);

            assertThat(files(attachments))
                    .containsExactly("capture.html.text", "capture.pcapng.application", "dialogue-server.txt.text");
        }
    }

    /** A framework may fail after the content was written, or because it could not be written. */
    @Test
    void anExceptionOfTheFrameworkCostsALine() throws IOException {
        parameters.clear();
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            TestCaptures captures = captures("test", (name, mediaType, content) -> {
                try {
                    content.write(directory.resolve("missing/" + name));
                } catch (IOException reason) {
                    throw new IllegalStateException("wrapped", reason);
                }
                return true;
            });

            assertThat(printed(() -> captures.ended(List.of(server), null, verified(server))))
                    .contains("could not be written: java.nio.file.NoSuchFileException: ")
                    .doesNotContain("wrapped");
        }
    }

    /** Without an extension, the user chooses the directory. */
    @Test
    void verifyWritesFilesToo() throws Exception {
        ChildJvm.run(
                Plain.class, ChildJvm.CLASS_PATH, "-Dsocketharness.capture.directory=" + directory.resolve("plain"));

        assertThat(files(directory.resolve("plain")))
                .containsExactly(
                        "mail-1/capture.html",
                        "mail-1/capture.pcapng",
                        "mail-1/dialogue-mail.txt",
                        "mail-2/capture.html",
                        "mail-2/capture.pcapng",
                        "mail-2/dialogue-mail.txt");

        // another JVM does not replace the files that failures have named
        ChildJvm.run(
                Plain.class, ChildJvm.CLASS_PATH, "-Dsocketharness.capture.directory=" + directory.resolve("plain"));
        assertThat(files(directory.resolve("plain"))).hasSize(12).contains("mail-4/capture.html");
    }

    static final class Plain {

        private Plain() {}

        public static void main(String[] args) throws IOException {
            for (Capture capture : List.of(Capture.ON_FAILURE, Capture.NEVER, Capture.ALWAYS)) {
                try (FakeServer server = failed("mail", capture)) {
                    server.verify();
                    throw new IllegalStateException("nothing failed");
                } catch (AssertionError failure) {
                    boolean isNamed = String.valueOf(failure.getMessage()).contains("Captured in file:///");
                    if (isNamed == (capture == Capture.NEVER)) {
                        throw new IllegalStateException("wrong message", failure);
                    }
                }
            }
        }
    }
}
