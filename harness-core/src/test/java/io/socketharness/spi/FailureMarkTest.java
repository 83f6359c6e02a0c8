package io.socketharness.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Capture;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import io.socketharness.testing.Page;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mark in the diagram where the test itself failed. */
class FailureMarkTest extends CapturesTest {

    private Page page(TestCaptures captures, Throwable own, FakeServer... servers) throws Exception {
        VerificationResult result = new VerificationResult();
        result.verifyTest(List.of(servers), own);
        captures.ended(List.of(servers), own, result);
        return Page.read(directory.resolve("io.socketharness.spi.CapturesTest/test/capture.html"));
    }

    /** The client waited for more than the script has. What follows, such as its end, is not the cause. */
    @Test
    void isAfterTheLastMessageBeforeTheFailure() throws Exception {
        TestCaptures captures = captures("test");
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a\nS: b"))) {
            try (TestClient client = TestClient.connect(server)) {
                client.send("a\r\n").readLine();
                server.recording()
                        .awaitExchange(0)
                        .await(
                                exchange -> exchange.has(Event.Kind.COMPLETED),
                                server.spec().timeout());
                captures.testFailed();
            }
            server.recording().awaitExchange(0).awaitEnd();
            Page page = page(captures, new SocketTimeoutException("Read timed out"), server);

            assertThat(page.one("//li[@id='failed-test']//q"))
                    .matches("the test failed here, [\\d.]+ m?s after the last message:"
                            + " java\\.net\\.SocketTimeoutException: Read timed out");
            assertThat(page.one("//li[@id='failed-test']/@class")).isEqualTo("n f all");
            assertThat(page.rows()).endsWith(page.one("//li[@id='failed-test']//q"), "closed by the client");
            assertThat(page.one("//section[@class='failure']/a/@href")).isEqualTo("#failed-test");
        }
    }

    @Test
    void saysThatNoMessageCameBefore() throws Exception {
        TestCaptures captures = captures("test");
        try (FakeServer server = FakeServer.start("tcp:")) {
            TestClient.connect(server).close();
            server.recording().awaitExchange(0).awaitEnd();
            Page page = page(captures, new AssertionError("\nexpected: 1\n but was: 2"), server);

            assertThat(page.one("//li[@id='failed-test']//q"))
                    .isEqualTo("the test failed here, and no message came before: expected: 1 but was: 2");
        }
    }

    /** The failure of the script and that of the test are two. */
    @Test
    void isShownBesideTheFailureOfAScript() throws Exception {
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            Page page = page(captures("test"), new AssertionError("its own"), server);

            assertThat(page.all("//section[@class='failure']/a/@href")).containsExactly("#failed-0", "#failed-test");
            assertThat(page.all("//li/@id")).containsExactly("failed-0", "failed-test");
        }
    }

    /** The report of the server is the failure of the test then. */
    @Test
    void isMissingIfAServerFailedFirst() throws Exception {
        TestCaptures captures = captures("test");
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            captures.testFailed();
            IOException thrown = new IOException("no answer");
            Throwable own =
                    FirstCause.of(List.of(server), thrown, new TestCode(FailureMarkTest.class, "test"), captures);
            VerificationResult result = new VerificationResult();
            result.addDropped(List.of(server), own);
            result.verifyTest(List.of(server), own);
            captures.ended(List.of(server), own, result);
            Page page = Page.read(directory.resolve("io.socketharness.spi.CapturesTest/test/capture.html"));

            assertThat(page.all("//li/@id")).containsExactly("failed-0");
        }
    }
}
