package io.socketharness.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The parts of a tape that may differ, and secrets. */
class MaskTest {

    private static Tape tape(String lines) {
        return Tape.parse("@connection tcp\n" + lines);
    }

    private static String masked(String lines, String... masks) {
        Tape tape = tape(lines);
        for (String mask : masks) {
            tape = tape.mask(mask);
        }
        // what is written can be read
        assertThat(Tape.parse(tape.toString())).isEqualTo(tape);
        return tape.connection(0);
    }

    private static String redacted(String lines, String secret) {
        Tape tape = tape(lines).redact(secret);
        assertThat(Tape.parse(tape.toString())).isEqualTo(tape);
        return tape.connection(0);
    }

    @Test
    void aLineBecomesAPatternAndTheAnswerRepeatsTheValue() {
        assertThat(masked(
                        "C: GET a.b(1) 2026-11-29 end\nS: for 2026-11-29 and 12026-11-29\n",
                        "(?<date>\\d{4}-\\d\\d-\\d\\d)"))
                .isEqualTo("C~ GET a\\.b\\(1\\) (?<date>\\d{4}-\\d\\d-\\d\\d) end\nS: for ${date} and 12026-11-29\n");
    }

    @Test
    void severalMasksApplyToOneLine() {
        assertThat(masked("C: id=1234 at 10:30\nS: 1234 10:30\n", "id=(?<id>\\d+)", "(?<time>\\d\\d:\\d\\d)"))
                .isEqualTo("C~ id=(?<id>\\d+) at (?<time>\\d\\d:\\d\\d)\nS: ${id} ${time}\n");
    }

    @Test
    void eachValueHasItsOwnVariable() {
        assertThat(masked("C: 1111 1111 2222\nS: 1111 2222\nC: 2222\nC: 3333\nS: 3333 2222\n", "(?<id>\\d{4})"))
                .isEqualTo("""
                        C~ (?<id>\\d{4}) (?<id2>\\d{4}) (?<id3>\\d{4})
                        S: ${id} ${id3}
                        C~ (?<id3>\\d{4})
                        C~ (?<id4>\\d{4})
                        S: ${id4} ${id3}
                        """);
    }

    @Test
    void shortValuesAreNotRepeated() {
        assertThat(masked("C: id=1\nS: 1 of 1\n", "id=(?<id>\\d+)")).isEqualTo("C~ id=(?<id>\\d+)\nS: 1 of 1\n");
    }

    @Test
    void alternativesAndFlagsStayInTheirPart() {
        assertThat(masked("C: x cat y\n", "cat|dog")).isEqualTo("C~ x (?:cat|dog) y\n");
        assertThat(masked("C: x CAT y\n", "(?i)cat")).isEqualTo("C~ x (?:(?i)cat) y\n");
        assertThat(masked("C: cat\n", "^cat$")).isEqualTo("C~ ^cat$\n");
    }

    @Test
    void otherMessagesKeepTheirSize() {
        assertThat(masked("C< id=1234;\nS< 1234\\r\n", "id=(?<id>\\d+)"))
                .isEqualTo("C! \"id=\" [4 id] \";\"\nS< ${id}\\r\n");
        assertThat(masked("C! 00 01 \"abcd\" ff\nS! 00 \"abcd\" 00\n", "(?<name>[a-z]{4})"))
                .isEqualTo("C! 00 01 [4 name] ff\nS! 00 ${name} 00\n");
        assertThat(masked("C! 12 34 01 00\n", "(?s)^..(?=\\x01)")).isEqualTo("C! [2] 01 00\n");
    }

    @Test
    void aMatchOfSeveralLinesVariesInItsGroups() {
        assertThat(masked("C: $4\nC: 9876\nS: 9876\n", "^\\$\\d+\r\n(?<value>.*)"))
                .isEqualTo("C: $4\nC~ (?<value>.*)\nS: ${value}\n");
        assertThat(masked("C: one\nC: two\n", "(?s)one.*two")).isEqualTo("C~ .*\nC~ .*\n");
    }

    @Test
    void replaysAcceptOtherValuesOnlyThere() throws IOException {
        Tape tape = tape("@eol crlf exact\nC: GET 2026-11-29\nS: it is 2026-11-29\n")
                .mask("(?<date>\\d{4}-\\d\\d-\\d\\d)");
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("GET 1999-01-02\r\n").readLine()).isEqualTo("it is 1999-01-02\r\n");
            server.verify();
        }
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            client.send("GET now\r\n");
            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "expected  a match of GET (?<date>\\d{4}-\\d\\d-\\d\\d)",
                            "received  GET now", "This is a replay of the tape.");
        }
    }

    @Test
    void secretsAreRemoved() {
        assertThat(redacted("C: PASS s3cret\nS: ok s3cret\n", "PASS (.*)")).isEqualTo("C~ PASS .*\nS: ok s3cret\n");
        assertThat(redacted("C: PASS s3cret\nS: ok s3cret\n", "s3cret")).isEqualTo("C~ PASS .*\nS: ok ******\n");
        assertThat(redacted("C: AUTH\nC: $6\nC: s3cret\n", "AUTH\r\n\\$\\d+\r\n(.*)"))
                .isEqualTo("C: AUTH\nC: $6\nC~ .*\n");
        assertThat(redacted("C! 00 \"s3cret\"\nS! ff \"s3cret\"\n", "s3\\w+"))
                .isEqualTo("C! 00 [6]\nS! ff \"******\"\n");
        assertThat(redacted("C~ PASS s3cret (?<x>.)\n# s3cret\n", "s3cret"))
                .isEqualTo("C~ PASS .* (?<x>.)\n# ******\n");
    }

    @Test
    void secretsAreRemovedFromMaskedLines() {
        Tape tape = tape("C: LOGIN bob s3cret 1234\n").mask("\\d{4}").redact("LOGIN \\w+ (\\w+)");

        assertThat(tape.connection(0)).isEqualTo("C~ LOGIN bob .* \\d{4}\n");
        tape = tape("C: LOGIN bob s3cret 1234\n").mask("s3\\w+").redact("LOGIN \\w+ (\\w+)");
        assertThat(tape.connection(0)).doesNotContain("cret");
    }

    @Test
    void dialoguesAndReportsDoNotShowSecrets() throws IOException {
        String spec = "tcp:";
        try (FakeServer server = FakeServer.start(io.socketharness.ServerSpec.parse(spec).toBuilder()
                        .redact("^PASS (.*)", "token: (\\w+)")
                        .script(io.socketharness.script.Script.parse(
                                "C: PASS s3cret\nS: token: abcdef\nC: USE abcdef\nC: QUIT"))
                        .build());
                TestClient client = TestClient.connect(server)) {
            client.send("PASS s3cret\r\n");
            client.readLine();
            client.send("USE abcdef\r\nLEAVE s3cret abcdef\r\n");

            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll("C: PASS ******", "S: token: ******", "received  LEAVE ****** ******")
                    .message()
                    .doesNotContain("s3cret", "abcdef");
            assertThat(server.recording().toString()).doesNotContain("s3cret", "abcdef");
            assertThat(server.recording().exchanges().get(0).toScript()).doesNotContain("s3cret", "abcdef");
            assertThat(server.recording().exchanges().get(0).receivedText()).contains("s3cret");
            assertThatThrownBy(() -> io.socketharness.assertj.SocketAssertions.assertThat(server)
                            .connection(0)
                            .received("PASS x\r\n"))
                    .message()
                    .doesNotContain("s3cret", "abcdef");
            assertThat(Tape.of(server.recording()).toString()).contains("C~ PASS .*", "S: token: ******");
        }
    }

    /** A pattern that does not match the line by itself must not fail the client that was recorded. */
    @Test
    void aPatternThatDependsOnItsPlaceIsLoose() {
        assertThat(masked("C: 12-12 34-34\n", "(\\d+)-\\1")).isEqualTo("C~ .* .*\n");
        assertThat(masked("C: one\nC: two\n", "(?<=one\\r\\n)\\w+")).isEqualTo("C: one\nC~ .*\n");
        assertThat(masked("C: one\nC: two\n", "(?<=one\\r\\n)(?<id>\\w)\\w+")).isEqualTo("C: one\nC~ (?<id>.*)wo\n");
        assertThat(masked("C: one\nC: two\n", "one(?=\\r\\ntwo)")).isEqualTo("C~ .*\nC: two\n");
        assertThat(masked("C: one\n", "(?x) one # a number")).isEqualTo("C~ .*\n");
        assertThat(masked("C: one\n", "(?x) o\n ne")).isEqualTo("C~ .*\n");
    }

    @Test
    void eachNameIsOnceInALine() {
        assertThat(masked("C: twtw\n", "(?<a>t)|(?<b>w)"))
                .isEqualTo("C~ (?:(?<a>t)|(?<b>w))(?:(?<a2>t)|(?<b2>w))(?:(?<a3>t)|(?<b3>w))(?:(?<a4>t)|(?<b4>w))\n");
        assertThat(masked("C: one two\n", "(?<id>\\w{3})(?<id2>!?)"))
                .isEqualTo("C~ (?<id>\\w{3})(?<id2>!?) (?<id3>\\w{3})(?<id22>!?)\n");
        assertThat(masked("C: (?<id>x\n", "\\Q(?<id>\\E\\w")).isEqualTo("C~ \\Q(?<id>\\E\\w\n");
        assertThat(masked("C< ab\\n\n", "(?<a>a)|(?<b>b)")).isEqualTo("C! [1 a] [1 b] \"\\n\"\n");
    }

    @Test
    void aPatternThatDoesNotFinishIsRefused() {
        Tape tape = tape("C: " + "ab".repeat(20_000) + "\n");

        assertThatThrownBy(() -> tape.mask("(a|b)*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "mask \"(a|b)*\" recurses too deeply for 40002 characters: write a character class in place of"
                                + " a group with alternatives, such as [ab]* or [\\s\\S]*?");
        assertThatThrownBy(() -> tape.redact("(a|b)*"))
                .hasMessageStartingWith("redact \"(a|b)*\" recurses too deeply for 40002 characters: ");
    }

    /** A pattern with a greedy part for each secret takes years. */
    @Test
    void aLineMayHaveManySecrets() throws IOException {
        String line = "x=12&".repeat(200);
        Tape tape = tape("C: " + line + "\nS: ok\n").redact("x=(\\d+)").mask("&$");

        assertThat(tape.connection(0)).startsWith("C~ x=(?>.*?&x=)(?>.*?&x=)").endsWith("(?>.*?&x=).*&$\nS: ok\n");
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("x=789&".repeat(200) + "\r\n").readLine()).isEqualTo("ok\r\n");
            server.verify();
        }
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            client.send(line + "!\r\n");
            assertThatThrownBy(server::verify).hasMessageContainingAll("&x=12&!\n", "^ more is expected here");
        }
    }
}
