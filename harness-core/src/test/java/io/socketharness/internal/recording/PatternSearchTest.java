package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Expressions that take too long, or need too deep a recursion. */
class PatternSearchTest {

    @Test
    void hasALimit() {
        Pattern slow = Pattern.compile(".*.*.*.*.*!");

        assertThatThrownBy(() ->
                        PatternSearch.forEach("redact", slow, "a".repeat(50_000), Duration.ofMillis(100), match -> {}))
                .isInstanceOf(PatternSearch.Failed.class)
                .hasMessage("redact \".*.*.*.*.*!\" does not finish within 100 ms for 50000 characters: write one"
                        + " quantifier in place of nested ones, such as a+ in place of (a+)+");
    }

    /** If the secrets cannot be found, everything is hidden. */
    @Test
    void aReportWithoutItShowsNothing() throws Exception {
        try (FakeServer server = FakeServer.start(
                        ServerSpec.builder("tcp").redact("secret=(a|b)*").build(), Script.parse("C: other"));
                TestClient client = TestClient.connect(server)) {
            client.send("secret=" + "ab".repeat(20_000) + "\r\n");

            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .satisfies(failed -> assertThat(failed.getMessage()).doesNotContain("abab", "secret=ab"));
            assertThat(server.recording().awaitExchange(0).toString()).doesNotContain("abab", "secret=ab");
            assertThatThrownBy(() -> Tape.of(server.recording()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("redact \"secret=(a|b)*\" recurses too deeply for 40009 characters: ");
        }
    }
}
