package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.internal.script.steps.ExpectMatch;
import io.socketharness.internal.script.steps.SendLine;
import io.socketharness.internal.script.text.Template;
import io.socketharness.tls.TlsAlert;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line of the text form is the call of {@link Behaviours} that it stands for. */
class ScriptLinesTest {

    static Stream<Arguments> steps() {
        return Stream.of(
                step("S: 220 ready", sendLine("220 ready")),
                step("S:220 ready", sendLine("220 ready")),
                step("S:", sendLine("")),
                step("C: EHLO a", expectLine("EHLO a")),
                step("C:", expectLine("")),
                step("C~ EHLO (?<name>\\S+)", expectLineMatching("EHLO (?<name>\\S+)")),
                step("C~", expectLineMatching("")),
                step("S< a\\r\\n\\t\\0\\\\\\x41", send("a\r\n\t\0\\A")),
                step("C< a\\r\\n", expect("a\r\n")),
                step("S<", send("")),
                step("S! 00 ff 10", send(new byte[] {0, -1, 16})),
                step("S! 00FF10", send(new byte[] {0, -1, 16})),
                step("S! ${host} 00\"a\\x22 b\" ${port}", sendHex("${host} 00 \"a\\x22 b\" ${port}")),
                step("S! \"${host}$${\\0\"", sendHex("\"${host}$${\\0\"")),
                step("S! 00 base64 \"/wA=\" 01", send(new byte[] {0, -1, 0, 1})),
                step("S! base64\"\"base64 \t\"+/8A\"", send(new byte[] {-5, -1, 0})),
                step("S! \"a\" base64 \"AQ==\" ${host} # 5", sendHex("\"a\" 01 ${host}")),
                step("C! [2 id] base64 \"AQI=\" 03 [*]", expectHex("[2 id] 01 02 03 [*]")),
                step("@broadcast-hex base64 \"AQI=\"", broadcastHex("01 02")),
                step("C! ff", expect(new byte[] {-1})),
                step("C! [2 id]0120[3] \"${host}\" [*]", expectHex("[2 id] 01 20 [3] ${host} [*]")),
                step("C! [* rest]", expectHex("[* rest]")),
                step("C!", expect(new byte[0])),
                step("@frame length 1", frame(Framing.length(1))),
                step("@frame length 2", frame(Framing.length(2, ByteOrder.BIG_ENDIAN))),
                step("@frame length 4 little", frame(Framing.length(4, ByteOrder.LITTLE_ENDIAN))),
                step(
                        "@frame length 4 after 1 plus 4",
                        frame(Framing.length(4).after(1).plus(4))),
                step(
                        "@frame length 3  little plus -1",
                        frame(Framing.length(3, ByteOrder.LITTLE_ENDIAN).plus(-1))),
                step("@frame length varint after 1", frame(Framing.varint().after(1))),
                step("@frame length ber", frame(Framing.ber())),
                step("@frame length decimal", frame(Framing.decimal())),
                step("@frame until \\0", frame(Framing.until((byte) 0))),
                step("@frame until \\r\\n.\\r\\n", frame(Framing.until("\r\n.\r\n".getBytes(StandardCharsets.UTF_8)))),
                step("@frame until \\xff\\xfe", frame(Framing.until((byte) 0xff, (byte) 0xfe))),
                step("@frame close", frame(Framing.untilClose())),
                step("@frame none", unframed()),
                step("@receive", receive("")),
                step("@receive id", receive("id")),
                step("@receive 12", receive(12, "")),
                step("@receive 12 id", receive(12, "id")),
                step("@eol crlf", eol(Eol.CRLF)),
                step("@eol lf", eol(Eol.LF)),
                step("@eol none", eol(Eol.NONE)),
                step("@eol crlf exact", exactEol(Eol.CRLF)),
                step("@eol  lf \t exact", exactEol(Eol.LF)),
                step("@charset latin1", charset(StandardCharsets.ISO_8859_1)),
                step("@delay 200ms", delay(Duration.ofMillis(200))),
                step("@delay 2 s", delay(Duration.ofSeconds(2))),
                step("@within 3m", within(Duration.ofMinutes(3))),
                step("@drip 1 10ms", drip(1, Duration.ofMillis(10))),
                step("@broadcast hello all", broadcast("hello all")),
                step("@echo", echo()),
                step("@discard", discard()),
                step("@daytime", daytime()),
                step("@time", time()),
                step("@chargen", chargen()),
                step("@close", close()),
                step("@close now", closeNow()),
                step("@half-close", halfClose()),
                step("@reset", reset()),
                step("@stall", stall()),
                step("@new-port", newPort()),
                step("@websocket", webSocket()),
                step("@frame websocket", frame(Framing.webSocket())),
                step("@starttls", startTls()),
                step("@starttls tolerant", startTlsTolerant()),
                step("@starttls resumed", startTlsResumed()),
                step("@tls-hello", tlsHello()),
                step("@tls-alert handshake_failure", tlsAlert(TlsAlert.HANDSHAKE_FAILURE)),
                step("@tls-flight 100", tlsFlight(100)),
                step("@tls-corrupt", tlsCorrupt()),
                step("@tls-truncate", tlsTruncate()),
                step("@repeat 3\nC: a\n@end", repeat(3, expectLine("a"))),
                step("@forever\nC: a\n@end", forever(expectLine("a"))),
                step("@other-port\nS: a\nS! 00\n@end", fromOtherPort(sendLine("a"), send(new byte[1]))),
                step("@maybe\nC: a\nS: b\n@end", maybe(expectLine("a"), sendLine("b"))));
    }

    private static Arguments step(String line, Behaviour behaviour) {
        return Arguments.of(line, behaviour);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void isTheCallItStandsFor(String line, Behaviour behaviour) {
        assertThat(Script.parse(line)).isEqualTo(Script.of(behaviour));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void printsAsALineThatIsTheSame(String line, Behaviour behaviour) {
        String printed = Script.of(behaviour).toString();

        assertThat(Script.parse(printed)).isEqualTo(Script.parse(line)).hasToString(printed);
    }

    @Test
    void aDispatcherHasCases() {
        Script script = Script.parse("""
                @match
                  C: A
                  S: 1
                @or
                  C~ B.*
                  @leave
                @otherwise
                  S: ?
                @end
                S: bye
                """);

        assertThat(script)
                .isEqualTo(Script.of(
                        match(
                                when(expectLine("A"), sendLine("1")),
                                when(expectLineMatching("B.*"), leave()),
                                otherwise(sendLine("?"))),
                        sendLine("bye")));
    }

    @Test
    void aDispatcherMayHaveOtherwiseAlone() {
        assertThat(Script.parse("@match\n@otherwise\nS: ?\n@end"))
                .isEqualTo(Script.of(match(otherwise(sendLine("?")))));
    }

    @Test
    void blankLinesAndCommentsAreSkipped() {
        assertThat(Script.parse("\n# one\n  \t\n   # two\nS: # three\n\n")).isEqualTo(Script.of(sendLine("# three")));
    }

    @Test
    void commentsMayEndLinesOfBytes() {
        assertThat(Script.parse("S! 00 \"a # b\" ff # the length\nC! [2 id] # any id\nS! # nothing\nS! ${id}\t# ${x}"))
                .isEqualTo(Script.of(sendHex("00 \"a # b\" ff"), expectHex("[2 id]"), sendHex(""), sendHex("${id}")))
                .hasToString("S! 00 \"a # b\" ff\nC! [2 id]\nS!\nS! ${id}\n");
    }

    @Test
    void emptyBracesKeepATypedEndOfLine() {
        assertThat(Script.parse("S: a\\r\\${}n\nC: b\\${}n"))
                .isEqualTo(Script.of(sendLine("a\\r\\n"), expectLine("b\\n")))
                .hasToString("S: a\\r\\${}n\nC: b\\${}n\n");
        assertThat(Script.parse("S: {\"text\": \"a\\nb\"}")).hasToString("S: {\"text\": \"a\\nb\"}\n");
    }

    @Test
    void anEmptyTextIsAnEmptyScript() {
        assertThat(Script.parse("").steps()).isEmpty();
    }

    @Test
    void linesMayEndWithCrlf() {
        assertThat(Script.parse("S: a\r\n\r\n@repeat 2\r\nC: b\r\n@end\r\n"))
                .isEqualTo(Script.of(sendLine("a"), repeat(2, expectLine("b"))));
    }

    @Test
    void whiteSpaceIsStrippedAroundTheMarkerAndKeptAtTheEnd() {
        assertThat(Script.parse(" \t S: \t a  \t\n\tC<  b ")).isEqualTo(Script.of(sendLine("a  \t"), expect("b ")));
    }

    @Test
    void whiteSpaceBehindADirectiveIsStripped() {
        assertThat(Script.parse("@delay   1s  \n@drip 1   10ms "))
                .isEqualTo(Script.of(delay(Duration.ofSeconds(1)), drip(1, Duration.ofMillis(10))));
    }

    @Test
    void anyWhiteSpaceIsStrippedAroundArguments() {
        assertThat(Script.parse("@receive \r 12\f id \u000b")).isEqualTo(Script.of(receive(12, "id")));
    }

    @Test
    void otherWhiteSpaceIsText() {
        assertThat(Script.parse("S: \u00a0a")).isEqualTo(Script.of(sendLine("\u00a0a")));
    }

    @Test
    void emptyBracesKeepLeadingWhiteSpace() {
        assertThat(Script.parse("S: ${}  a"))
                .isEqualTo(Script.of(sendLine("  a")))
                .hasToString("S: ${}  a\n");
    }

    @Test
    void textIsVerbatim() {
        Script script = Script.parse("S: * FLAGS (\\Seen \\x41) $ { } $1 {x}");

        assertThat(sentText(script)).isEqualTo("* FLAGS (\\Seen \\x41) $ { } $1 {x}");
    }

    @Test
    void twoDollarsAndABraceAreOneAndABrace() {
        Script script = Script.parse("S: costs $${price} $$ $${");

        assertThat(sentText(script)).isEqualTo("costs ${price} $$ ${");
        assertThat(script).hasToString("S: costs $${price} $$ $${\n");
    }

    @Test
    void variablesOfTheCallStandForTheirValues() {
        Script script = Script.parse("S: ${a}-${b}\nC< ${a}\\r", Map.of("a", "1$", "b", "${x}"));

        assertThat(script).isEqualTo(Script.parse("S: 1$-$${x}\nC< 1$\\r"));
    }

    @Test
    void aDollarMayStandBeforeAVariable() {
        Script script = Script.parse("S: ${currency}${port}", Map.of("currency", "US$"));

        assertThat(script).hasToString("S: US${$}${port}\n");
        assertThat(Script.parse(script.toString())).isEqualTo(script);
    }

    @Test
    void aVariableInARegexStandsForItsQuotedText() {
        assertThat(Script.parse("C~ ${a}.*", Map.of("a", "1.5")))
                .isEqualTo(Script.of(expectLineMatching("\\Q1.5\\E.*")));
    }

    @Test
    void capturedVariablesAreKnownAfterwards() {
        Script script = Script.parse("C~ (?<user>\\w+)\n@receive id\nS: ${user} ${id} ${host} ${client.port}");

        assertThat(script.steps()).hasSize(3);
    }

    @Test
    void groupsThatAreQuotedAreNone() {
        assertThat(groups("\\Q(?<a>\\E\\(?<b>[(?<c>](?<d>x)")).containsExactly("d");
        assertThat(groups("(?<a>(?<b>x)|\\\\(?<c>y))(?<!z)(?<=y)")).containsExactly("a", "b", "c");
    }

    @Test
    void aVariableOfTheCallStandsForItsTextAmongBytes() {
        Script script = Script.parse("S! 00 ${a} 01\nC! [2] ${b} [2] ${a}", Map.of("a", "x\"$", "b", ""));

        assertThat(script).hasToString("S! 00 \"x\\x22$\" 01\nC! [2] [2] \"x\\x22$\"\n");
        assertThat(Script.parse(script.toString())).isEqualTo(script);
    }

    @Test
    void bytesInAnyNotationAreTheSame() {
        assertThat(Script.parse("S! \"\\xff\"fe \"a\" \"b\" \"\""))
                .isEqualTo(Script.parse("S! fffe \"ab\""))
                .hasToString("S! ff fe \"ab\"\n");
    }

    private static List<String> groups(String regex) {
        return ((ExpectMatch) expectLineMatching(regex)).groups();
    }

    private static String sentText(Script script) {
        Template text = ((SendLine) script.steps().get(0)).text();
        return ((Template.Text) text.parts().get(0)).text();
    }
}
