package io.socketharness.internal.script.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Assertions;

/** What holds for every script, and for every text that is none. */
class ScriptPropertyTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void printedScriptParsesToAnEqualOne(@ForAll("scripts") Script script) {
        String printed = script.toString();

        Script parsed;
        try {
            parsed = Script.parse(printed);
        } catch (ScriptSyntaxException refused) {
            // Only text is refused for a message that does not fit its frame.
            assertThat(refused).hasMessageContaining(": this step does not fit @frame ");
            return;
        }

        assertThat(parsed).hasToString(printed).isEqualTo(script).hasSameHashCodeAs(script);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyTextIsAScriptOrRefused(@ForAll String text) {
        parses(text);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyMixOfTokensIsAScriptOrRefused(@ForAll("tokens") String text) {
        parses(text);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyMixOfLinesIsAScriptOrRefused(@ForAll("lines") String text) {
        parses(text);
    }

    @Property(tries = 75, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyChangeOfAScriptIsAScriptOrRefused(
            @ForAll("scripts") Script script, @ForAll int at, @ForAll("token") String change, @ForAll boolean cut) {
        String text = script.toString();
        int from = Math.floorMod(at, text.length() + 1);
        int to = cut ? Math.min(text.length(), from + 3) : from;

        parses(text.substring(0, from) + change + text.substring(to));
    }

    @Property(tries = 20)
    void longTextIsReadInTime(@ForAll("token") String token) {
        parses("C~ " + token.repeat(2_000));
        parses("S: " + token.repeat(2_000));
        parses("C< " + token.repeat(2_000));
        parses(token.repeat(2_000));
        parses((token + "\n").repeat(1_000));
    }

    /** What parses, prints as what parses to the same. */
    private static void parses(String text) {
        Script script = Assertions.assertTimeout(LONG, () -> {
            try {
                return Script.parse(text);
            } catch (ScriptSyntaxException refused) {
                assertThat(refused).hasMessageStartingWith("script line " + refused.line() + ": ");
                return null;
            }
        });
        if (script != null) {
            assertThat(Script.parse(script.toString())).isEqualTo(script);
        }
    }

    @Provide
    Arbitrary<Script> scripts() {
        return Scripts.any();
    }

    @Provide
    Arbitrary<String> token() {
        return Arbitraries.of(
                "S:",
                "C:",
                "C~",
                "S<",
                "C<",
                "S!",
                "C!",
                "@match",
                "@or",
                "@otherwise",
                "@end",
                "@leave",
                "@maybe",
                "@repeat",
                "@forever",
                "@batch",
                "@frame",
                "@receive",
                "@drip",
                "@delay",
                "@within",
                "@eol",
                "@charset",
                "@send",
                "@close",
                "@echo",
                "@code",
                "@broadcast",
                "length",
                "until",
                "varint",
                "after",
                "plus",
                "close",
                "none",
                "lf",
                "exact",
                "latin1",
                "little",
                "\\0",
                "\\x",
                "\\",
                "1",
                "2",
                "12",
                "10ms",
                "-1s",
                "999999999999999d",
                "ff",
                "0",
                "${host}",
                "${",
                "$${",
                "${}",
                "${$}",
                "${id}",
                "id",
                "(?<id>",
                "[2 id]",
                "[*]",
                "base64",
                "base64 \"AA==\"",
                "\"",
                ")",
                "(",
                "a*",
                "[",
                "\\Q",
                "{2147483647}",
                " ",
                "\t",
                "\n",
                "\r\n",
                "\r",
                "#",
                "é",
                "😀",
                "\0",
                "/",
                ".");
    }

    @Provide
    Arbitrary<String> tokens() {
        return token().list().ofMaxSize(30).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> line = Combinators.combine(token(), token(), token()).as((a, b, c) -> a + " " + b + " " + c);
        Arbitrary<String> good = Arbitraries.of(
                "S: a",
                "C: b",
                "C~ (?<id>.*)",
                "S< a\\r",
                "C! 00",
                "C! [2 id] 00 \"a\" ${id} [*]",
                "S! 00 ${id}",
                "S! base64 \"AP8=\" \"\\xff\" 00",
                "@match",
                "@or",
                "@otherwise",
                "@end",
                "@leave",
                "@maybe",
                "@repeat 2",
                "@forever",
                "@batch",
                "@receive id",
                "@receive ${port} id",
                "S: ${id}",
                "@close",
                "# no",
                "",
                "@frame length 2",
                "@eol lf",
                "@eol crlf exact");
        return Arbitraries.oneOf(good, good, good, line)
                .list()
                .ofMaxSize(12)
                .map((List<String> all) -> String.join("\n", all));
    }
}
