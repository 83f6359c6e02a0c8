package io.socketharness.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import io.socketharness.testing.CpuTime;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Secrets that several patterns match, and parts of secrets in reports. */
class RedactionTest {

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9".repeat(5);

    private static FakeServer start(String script, String... redact) {
        return FakeServer.start(
                ServerSpec.builder("tcp")
                        .timeout(Duration.ofSeconds(5))
                        .redact(redact)
                        .build(),
                Script.parse(script));
    }

    private static Tape recorded(String message, String... redact) throws IOException {
        try (FakeServer server = start("C~ .*\nS: ok", redact);
                TestClient client = TestClient.connect(server)) {
            client.send(message).readLine();
            return Tape.of(server.recording());
        }
    }

    @Test
    void aPatternMatchesWhatAnotherOneHides() throws IOException {
        assertThat(recorded("user=bob token=hunter\r\n", "user=([a-z]+)", "user=[a-z]+ token=([a-z]+)")
                        .connection(0))
                .isEqualTo("@eol crlf exact\nC~ user=.* token=.*\nS: ok\n");
    }

    @Test
    void overlappingSecretsAreHidden() throws IOException {
        assertThat(recorded("a secret1\r\n", "secr", "cret", "(?=(t1))").connection(0))
                .isEqualTo("@eol crlf exact\nC~ a .*\nS: ok\n");
        assertThat(Tape.parse("@connection\nS: 12345\nC~ x 12345\n")
                        .redact("(1(2)3)4(?<=(34))")
                        .connection(0))
                .isEqualTo("S: ****5\nC~ x .*5\n");
    }

    @Test
    void aShortenedSecretIsHidden() throws IOException {
        try (FakeServer server = start("C~ Bearer .* one\nS: ok", "Bearer (\\S+)");
                TestClient client = TestClient.connect(server)) {
            client.send("Bearer " + TOKEN + " two\r\n");

            assertThat(catchThrowable(server::verify))
                    .hasMessageContainingAll("received  …***", "*** two\n")
                    .satisfies(failed -> hasNoPart(failed.toString()));
            hasNoPart(server.recording().awaitExchange(0).toString());
            hasNoPart(server.recording().awaitExchange(0).toScript());
        }
        try (FakeServer server = start("C! \"Bearer \" [180] 0d", "Bearer (\\S+)");
                TestClient client = TestClient.connect(server)) {
            client.send("Bearer " + TOKEN + TOKEN + "\r\n");

            assertThat(catchThrowable(server::verify))
                    .hasMessageContaining("received  …***")
                    .satisfies(failed -> hasNoPart(failed.toString()));
        }
    }

    private static void hasNoPart(String text) {
        assertThat(text).doesNotContain("JIUz", "R5cC", "JXVC", "73 49 6e", "49 55 7a", "…IsIn");
    }

    @Test
    void aLineOfASecretIsHidden() throws IOException {
        try (FakeServer server = start("C: KEY\nC: none", "(?s)KEY\\r\\n(.*)END");
                TestClient client = TestClient.connect(server)) {
            client.send("KEY\r\nMIIEvQ\r\nIBADAN\r\nEND\r\n");

            assertThat(catchThrowable(server::verify))
                    .hasMessageContaining("received  ******\n")
                    .satisfies(failed -> assertThat(failed.getMessage()).doesNotContain("MIIE", "IBAD"));
        }
    }

    @Test
    void stepsThatAreNoMessagesStay() {
        String tape = "@connection tcp\n@eol crlf exact\n@starttls\n  # a pin: 1234\nC: 1234\n@close\n";
        assertThat(Tape.parse(tape).redact("[a-z0-9]+").toString())
                .isEqualTo("@connection tcp\n@eol crlf exact\n@starttls\n  # * ***: ****\nC~ .*\n@close\n");
        // a part of a group cannot be removed
        assertThat(Tape.parse("@connection\nC~ a (?<pin>12|34)\n")
                        .redact("12|34|pin")
                        .toString())
                .isEqualTo("@connection\nC~ .*\n");
        assertThat(Tape.parse("@connection\nC~ a \\d pin12\n").redact("pin12").toString())
                .isEqualTo("@connection\nC~ a \\d .*\n");
    }

    @Test
    void aSecretMayContainTheLineSeparatorOfUnicode() throws IOException {
        Tape tape = Tape.parse("@connection\nC: pin ab\u2028cd end\nS: ok\n").redact("(?<=pin )\\S+");
        assertThat(tape.connection(0)).isEqualTo("C~ pin (?s:.*) end\nS: ok\n");
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("pin \u2028 end\r\n").readLine()).isEqualTo("ok\r\n");
        }
    }

    /** Takes seconds if each match counts the bytes from the start. */
    @Test
    void manySecretsAreHiddenFast() throws Exception {
        int count = 30_000;
        String line = "ä token=abc" + " ".repeat(50) + "\r\n";
        try (FakeServer server = start("@repeat " + count + "\n  C~ .*\n@end\nS: ok", "token=(\\w+)");
                TestClient client = TestClient.connect(server)) {
            client.send(line.repeat(count)).readLine();

            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(CpuTime.of(() -> assertThat(exchange.toScript())
                            .contains("ä token=***")
                            .doesNotContain("abc")))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }
}
