package io.socketharness.spi;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.recording.Capture;
import io.socketharness.testing.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of tests that fail because of an assertion of the library. */
class AssertionPagesTest extends CapturesTest {

    private Page page(Throwable own, FakeServer server) throws Exception {
        VerificationResult result = new VerificationResult();
        result.verifyTest(List.of(server), own);
        printed(() -> captures("test").ended(List.of(server), own, result));
        return Page.read(directory.resolve("io.socketharness.spi.CapturesTest/test/capture.html"));
    }

    @Test
    void anAssertionOnAConnectionShowsTheDifference() throws Exception {
        try (FakeServer server = talked("server", "C: PING\nC: BYE", "PING\nBYE\n")) {
            Throwable own = catchThrowable(() -> assertThat(server)
                    .connection(0)
                    .as("both")
                    .within(Duration.ZERO)
                    .receivedLines("PING", "BYTE"));
            Page page = page(own, server);

            assertThat(page.one("//p[@class='where']")).endsWith("[server], connection 0");
            assertThat(page.one("//section[@class='failure']/h2"))
                    .isEqualTo("[both] expected to receive exactly the lines \"PING\", \"BYTE\","
                            + " but the received bytes differ");
            assertThat(page.one("//span[@class='expected']")).isEqualTo("expected  BYTE\n");
            assertThat(page.one("//span[@class='received']")).isEqualTo("received  BYE\n");
            assertThat(page.one("//span[@class='caret']")).isEqualTo("            ^ byte 2");
            assertThat(page.one("//li[@id='failed-0']//q")).startsWith("the test failed here, ");
        }
    }

    @Test
    void anAssertionOnAServerShowsTheDifference() throws Exception {
        try (FakeServer server = talked("server", "C: PING", "PING\n")) {
            Throwable own = catchThrowable(
                    () -> assertThat(server).within(Duration.ZERO).receivedInOrder("PING", "BYE"));
            Page page = page(new AssertionError("wrapped", own), server);

            assertThat(page.one("//section[@class='failure']/h2")).contains("[server]: expected to receive ");
            assertThat(page.one("//span[@class='expected']")).isEqualTo("missing   \"BYE\"\n");
            assertThat(page.all("//pre[@class='difference']/span")).startsWith("found     \"PING\"\n");
        }
    }

    @Test
    void secretsAreHidden() throws Exception {
        try (FakeServer server = talked("server", "C: PASS sesame", "PASS sesame\n", "PASS (.*)")) {
            Throwable own = catchThrowable(
                    () -> assertThat(server).connection(0).within(Duration.ZERO).received("PASS open"));

            assertThat(own).hasMessageContaining("received  PASS ******");
            assertThat(page(own, server).source())
                    .contains("received  PASS ******")
                    .doesNotContain("sesame");
        }
    }

    /** The verification at the end of the test finds the failure again. */
    @Test
    void verifyInTheTestShowsItsReportOnce() throws Exception {
        try (FakeServer server = failed("server", Capture.ON_FAILURE)) {
            Page page = page(catchThrowable(server::verify), server);

            assertThat(page.one("//section[@class='failure']/h2")).isEqualTo("step 1 of 1 failed");
            assertThat(page.one("//span[@class='expected']")).isEqualTo("expected  PING\n");
        }
    }

    @Test
    void aWaitShowsItsConnection() throws Exception {
        try (FakeServer server = talked("server", "C: PING", "PING\n")) {
            Throwable own =
                    catchThrowable(() -> server.recording().awaitExchange(0).awaitReceived("BYE"));

            assertThat(page(own, server).one("//section[@class='failure']/h2"))
                    .isEqualTo("waited for it to receive \"BYE\", but it has ended");
        }
    }
}
