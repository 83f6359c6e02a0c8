package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Capture;
import io.socketharness.testing.JdkClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests with odd names and failures, and several servers with secrets. */
class OddCapturesTest extends CapturesTest {

    @Test
    void theSecretOfAServerIsHiddenInTheDataAndScriptsOfOthers() throws IOException {
        try (FakeServer one = talked("one", "C: TOKEN sesame", "TOKEN sesame\n", "TOKEN (\\w+)");
                FakeServer two = talked("two", "C: USE sesame\nC: QUIT sesame", "USE sesame\nno sesame\n")) {
            VerificationResult result = verified(one, two);
            captures("test").ended(List.of(one, two), null, result);

            AssertionError failure =
                    result.failure(new TestCode(CapturesTest.class, "test")).orElseThrow();
            assertThat(failure).hasMessageContaining("received  no ******").hasMessageNotContaining("sesame");
            assertThat(everything())
                    .contains("USE ******", "QUIT ******", "no ******")
                    .doesNotContain("sesame", "736573616d65", "73 65 73");
        }
    }

    @Test
    void theSecretIsHiddenInWhatTheReportOfTheFirstCauseSaysAboutTheException() throws IOException {
        try (FakeServer server = talked("one", "C: QUIT", "TOKEN sesame\n", "TOKEN (\\w+)")) {
            Throwable report = FirstCause.of(
                    List.of(server),
                    new IOException("no reply to sesame"),
                    new TestCode(CapturesTest.class, "test"),
                    captures("test"));

            assertThat(report)
                    .hasMessageContaining("The test threw java.io.IOException: no reply to ******")
                    .hasMessageNotContaining("sesame");
            assertThat(everything()).contains("no reply to ******").doesNotContain("sesame");
        }
    }

    @Test
    void namesOfTestsAndServersThatLookAlikeHaveSeparateFiles() throws IOException {
        try (FakeServer one = failed("to/one", Capture.ON_FAILURE);
                FakeServer two = failed("to:one", Capture.ON_FAILURE)) {
            for (String test : List.of("a/b", "a:b", "a:b", "A_B")) {
                captures(test).ended(List.of(one, two), null, verified(one, two));
            }

            String folder = "io.socketharness.spi.CapturesTest/";
            assertThat(files(directory))
                    .hasSize(12)
                    .contains(
                            folder + "a_b/dialogue-to_one.txt",
                            folder + "a_b/dialogue-to_one-2.txt",
                            folder + "a_b-2/capture.html",
                            folder + "A_B-3/capture.html");
            assertThat(directory.resolve(folder + "a_b/dialogue-to_one.txt"))
                    .content()
                    .contains("[to/one]");
            assertThat(directory.resolve(folder + "a_b/dialogue-to_one-2.txt"))
                    .content()
                    .contains("[to:one]");
        }
    }

    @Test
    void longNamesAreShortened() throws IOException {
        String name = "x" + "\uD840\uDC00".repeat(60) + "\u6f22".repeat(60);
        try (FakeServer server = failed(name, Capture.ON_FAILURE)) {
            VerificationResult result = verified(server);

            assertThat(printed(() -> captures(name).ended(List.of(server), null, result)))
                    .isEmpty();
            assertThat(message(result)).contains("Captured in file:///");
            assertThat(files(directory)).hasSize(3);
        }
    }

    @Test
    void aDirectoryThatDoesNotExistOnThePlatformCostsALine() throws IOException {
        parameters.put("socketharness.capture.directory", "a\0b");
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            VerificationResult result = verified(server);
            assertThat(printed(() -> captures("test").ended(List.of(server), null, result)))
                    .startsWith("socket-harness: the capture of CapturesTest.test could not be written to a\0b:"
                            + " java.nio.file.InvalidPathException: Nul character not allowed: a\0b. Set ")
                    .hasLineCount(1);
            assertThat(message(result)).contains("PING").doesNotContain("Captured");

            IOException thrown = new IOException("no answer");
            String printed = printed(() -> assertThat(FirstCause.of(
                            List.of(server), thrown, new TestCode(CapturesTest.class, "t"), captures("test")))
                    .hasMessageContaining("PING")
                    .hasCause(thrown));
            assertThat(printed).as("printed a second time").isEmpty();
        }
    }

    @Test
    void aFailureWithoutAMessageIsShownByItsType() throws IOException {
        AssertionError own = new AssertionError() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            VerificationResult result = verified(server);
            assertThat(printed(() -> captures("test").ended(List.of(server), own, result)))
                    .startsWith("socket-harness: Captured in ");
            assertThat(everything()).contains(own.getClass().getName());
        }
    }

    @Test
    void theStateOfAServerIsNotAFailure() throws IOException {
        try (FakeServer server = talked("server", "C: PING", "PING\n")) {
            AssertionError own = new AssertionError("expected 1 but was 2");
            VerificationResult result = new VerificationResult();
            result.verifyTest(List.of(server), own);
            printed(() -> captures("test").ended(List.of(server), own, result));

            assertThat(everything())
                    .contains(
                            "<title>Failed: CapturesTest.test</title>",
                            "<section class=\"failure note\"><h2>"
                                    + server.recording().title() + ": no step was outstanding");
        }
    }

    @Test
    void thePageOfAnAbortedTestHasTheFailuresOfServers() throws IOException {
        try (FakeServer server = failed("server", Capture.ALWAYS)) {
            Throwable abort = new org.opentest4j.TestAbortedException("not here");
            VerificationResult result = new VerificationResult();
            result.verifyTest(List.of(server), abort);
            captures("test").ended(List.of(server), abort, result);

            assertThat(everything())
                    .contains("<title>Failed: CapturesTest.test</title>")
                    .doesNotContain("not here");
        }
    }

    @Test
    void aPageThatIsNamedStaysIfItCannotBeWrittenAgain() throws IOException {
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            TestCaptures captures = captures("test");
            Throwable report = FirstCause.of(
                    List.of(server), new IOException("no answer"), new TestCode(CapturesTest.class, "t"), captures);
            Path folder = directory.resolve("io.socketharness.spi.CapturesTest/test");
            // in the way of the new file
            Files.createDirectory(folder.resolve("capture.html.new"));

            assertThat(printed(() -> captures.ended(List.of(server), report, new VerificationResult())))
                    .startsWith("socket-harness: capture.html of CapturesTest.test could not be written again: ")
                    .hasLineCount(1);
            assertThat(folder.resolve("capture.html")).content().contains("no answer");
        }
    }

    @Test
    void aFileThatCouldNotBeWrittenIsNotNamed() throws IOException {
        // in the way of the file
        Files.createDirectories(directory.resolve("io.socketharness.spi.CapturesTest/test/capture.pcapng/x"));
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            VerificationResult result = verified(server);

            assertThat(printed(() -> captures("test").ended(List.of(server), null, result)))
                    .contains("capture.pcapng of CapturesTest.test could not be written");
            assertThat(message(result)).endsWith("/capture.html");
        }
    }

    @Test
    void textThatIsNotUnicodeCanBeWritten() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", connection -> {
            throw new IllegalStateException("\uD800");
        })) {
            JdkClient.tcp(server.address(), "PING\n");
            server.recording().awaitExchange(0).awaitEnd();
            VerificationResult result = verified(server);

            assertThat(printed(() -> captures("test").ended(List.of(server), null, result)))
                    .isEmpty();
            assertThat(files(directory)).hasSize(3);
        }
    }
}
