package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DifferenceTest {

    /** As a regular expression, it tries every way to split the text. */
    private static final String ENDLESS = "(a+)+\\1b";

    private static final String SPACE = "\n\nThe texts differ only in the white space at the end.";

    @Test
    void advisesOnCommonMistakes() {
        assertThat(of("QUIT", "quit")).endsWith("\n\nThe texts differ only in upper and lower case.");
        assertThat(of("a", "a\rb")).endsWith("\n\nThe client sent CR without LF, which does not end a line.");
        assertThat(of("EHLO .*", "EHLO client"))
                .endsWith("\n\nThe received text matches the expected text as a regular expression: did you mean C~"
                        + " (expectMatch)?");
        assertThat(of("id=\\d+", "id=42")).endsWith("did you mean C~ (expectMatch)?");
        assertThat(of("a.b", "axc")).endsWith("^ byte 1");
        assertThat(of("a.b", "axb")).endsWith("^ byte 1");
        assertThat(of("[a-z]*(", "abc")).endsWith("^ byte 0");
    }

    @Test
    @Timeout(60)
    void givesNoAdviceThatTakesTooLong() {
        assertThat(of(ENDLESS, "a".repeat(60))).endsWith("^ byte 0");
    }

    @Test
    void marksWhereAMatchEnds() {
        assertThat(Difference.ofMatch("a match of a+b", Bytes.of("aac".getBytes(StandardCharsets.UTF_8)), 2)
                        .toString())
                .isEqualTo("expected  a match of a+b\nreceived  aac\n            ^ the match ends here");
        assertThat(Difference.ofMatch("a match of a+b", Bytes.of("aa".getBytes(StandardCharsets.UTF_8)), 2)
                        .toString())
                .isEqualTo("expected  a match of a+b\nreceived  aa\n            ^ more is expected here");
    }

    @Test
    void marksTheFirstByteOfText() {
        assertThat(of("EHLO client", "EHLO klient"))
                .isEqualTo("expected  EHLO client\nreceived  EHLO klient\n               ^ byte 5");
    }

    @Test
    void marksWhereOneEnds() {
        assertThat(of("a\tb ", "a\tb"))
                .isEqualTo("expected  a\\tb\\x20\nreceived  a\\tb\n              ^ byte 3" + SPACE);
        assertThat(of("", "a")).isEqualTo("expected  (nothing)\nreceived  a\n          ^ byte 0");
        assertThat(of("a", "")).isEqualTo("expected  a\nreceived  (nothing)\n          ^ byte 0");
    }

    @Test
    void showsASpaceAtTheEnd() {
        assertThat(of("QUIT", "QUIT "))
                .isEqualTo("expected  QUIT\nreceived  QUIT\\x20\n              ^ byte 4" + SPACE);
        assertThat(of("a  ", "a   ")).isEqualTo("expected  a \\x20\nreceived  a  \\x20\n             ^ byte 3" + SPACE);
        assertThat(of("a b", "a c")).isEqualTo("expected  a b\nreceived  a c\n            ^ byte 2");
    }

    @Test
    void marksTheCharacterThatHoldsTheByte() {
        assertThat(of("grün", "grúna")).isEqualTo("expected  grün\nreceived  grúna\n            ^ byte 3");
    }

    @Test
    void cutsLongTextBetweenCharacters() {
        String shown = of("é".repeat(50) + "a" + "é".repeat(100), "é".repeat(50) + "b");

        assertThat(shown)
                .isEqualTo("expected  …" + "é".repeat(20) + "a" + "é".repeat(39) + "… (301 bytes)\nreceived  …"
                        + "é".repeat(20) + "b\n" + " ".repeat(31) + "^ byte 100");
    }

    @Test
    void marksBytesInHex() {
        assertThat(Difference.of(Bytes.of((byte) 0, (byte) 1), Bytes.of((byte) 0, (byte) 2))
                        .toString())
                .isEqualTo("expected  00 01\nreceived  00 02\n             ^ byte 1");
    }

    private static String of(String expected, String received) {
        return Difference.of(Bytes.ofText(expected), Bytes.ofText(received)).toString();
    }
}
