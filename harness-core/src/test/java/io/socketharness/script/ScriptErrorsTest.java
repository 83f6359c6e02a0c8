package io.socketharness.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser says of text that is no script: the line, what was found, what is allowed. */
class ScriptErrorsTest {

    private static final String KNOWN =
            "@batch @broadcast @broadcast-hex @chargen @charset @close @daytime @delay @discard @drip @echo @end @eol @every"
                    + " @expect-end @forever @forward @frame @half-close @idle @leave @match @maybe @network @new-port @or @other-port @otherwise @receive @repeat"
                    + " @reset @send @stall @starttls"
                    + " @time @tls-alert @tls-corrupt @tls-flight @tls-hello @tls-truncate @websocket @within";

    @Nested
    class Lines {

        @Test
        void withoutAMarker() {
            assertThat(refused("S: 220 ready\n  and more"))
                    .isEqualTo("script line 2: \"and more\" does not begin with S: C: C~ S< C< S! C! @ or #; a step"
                            + " is one line: if this is part of the line above, join the two lines");
            assertThat(refused("Serve: a"))
                    .isEqualTo("script line 1: \"Serve: a\" does not begin with S: C: C~ S< C< S! C! @ or #; a step"
                            + " is one line: if this is part of the line above, join the two lines");
        }

        @ParameterizedTest
        @CsvSource({
            "S, S:",
            "S hello, S: hello",
            "C hello, C: hello",
            "s hello, S: hello",
            "S : hello, S: hello",
            "s: hello, S: hello",
            "c:hello, C: hello",
            "c~ a+, C~ a+",
            "s< a, S< a",
            "c! 00, C! 00"
        })
        void withAMarkerThatIsAlmostOne(String line, String meant) {
            assertThat(refused(line))
                    .isEqualTo("script line 1: \"" + line + "\" does not begin with a marker; did you mean \"" + meant
                            + "\"?");
        }

        @Test
        void withAColonBehindAMarkerThatHasNone() {
            assertThat(refused("S!: 01 02"))
                    .isEqualTo("script line 1: S! is written without a colon; write \"S! 01 02\"");
            assertThat(refused("C!:01")).isEqualTo("script line 1: C! is written without a colon; write \"C! 01\"");
        }

        @Test
        void thatAreLongAreShortened() {
            assertThat(refused("x".repeat(1_000)))
                    .isEqualTo("script line 1: \"" + "x".repeat(60) + "…\" does not begin with S: C: C~ S< C< S! C! @"
                            + " or #; a step is one line: if this is part of the line above, join the two"
                            + " lines");
        }

        @Test
        void withAnEndOfLineTypedAsEscapes() {
            assertThat(refused("S: 220 ready\\r\\n"))
                    .isEqualTo("script line 1: found \\r\\n, but S: has no escapes and adds the end of the line; remove"
                            + " it (for LF alone, write @eol lf before), or use S<, which has escapes; \\${}n is plain"
                            + " text");
            assertThat(refused("C: PING\\n"))
                    .isEqualTo("script line 1: found \\n, but C: has no escapes and matches a line without its end;"
                            + " remove it, or use C<, which has escapes; \\${}n is plain text");
            assertThat(refused("@broadcast one\\r\\ntwo"))
                    .isEqualTo(
                            "script line 1: found \\r\\n, but @broadcast has no escapes and adds the end of the line;"
                                    + " remove it (for LF alone, write @eol lf before); \\${}n is plain text");
        }

        @Test
        void reportTheirNumber() {
            ScriptSyntaxException refusal = Objects.requireNonNull(catchThrowableOfType(
                    ScriptSyntaxException.class, () -> Script.parse("\r\n# one\r\nS: a\r\n\r\n? b\r\n")));

            assertThat(refusal.line()).isEqualTo(5);
        }

        @Test
        void withABreakInside() {
            assertThat(refused("S: a\rb"))
                    .isEqualTo("script line 1: \"a\\rb\" contains a line break, but one line is allowed; use a step"
                            + " for each line, or send and expect");
        }

        @Test
        void withABreakInAVariablesValue() {
            String message = refused("C: one\nS: got ${text}", Map.of("text", "a\nb"));

            assertThat(message)
                    .isEqualTo("script line 2: \"got a\\nb\" contains a line break, but one line is allowed; use a"
                            + " step for each line, or send and expect");
        }
    }

    @Nested
    class Variables {

        @Test
        void thatAreUnknown() {
            assertThat(refused("C~ (?<user>.*)\nS: ${usr}", Map.of("realm", "x")))
                    .isEqualTo("script line 2: unknown variable ${usr}; did you mean ${user}? $${ is a plain ${");
            assertThat(refused("C~ (?<user>.*)\nS: ${name}", Map.of("realm", "x")))
                    .isEqualTo(
                            "script line 2: unknown variable ${name}; known here are address, client.port, host, path, port,"
                                    + " realm, user; a group (?<name>...) in C~, @receive name or Variables.computed sets it; $${ is a plain ${");
        }

        @Test
        void thatAreKnownOnlyLater() {
            assertThat(refused("S: ${id}\n@receive id"))
                    .isEqualTo(
                            "script line 1: unknown variable ${id}; known here are address, client.port, host, path, port;"
                                    + " a group (?<id>...) in C~, @receive id or Variables.computed sets it; $${ is a plain ${");
        }

        @Test
        void thatAreUnknownAmongBytes() {
            assertThat(refused("C! [2 id] 00\nS! ${ids}"))
                    .isEqualTo("script line 2: unknown variable ${ids}; did you mean ${id}? $${ is a plain ${");
            assertThat(refused("C! [2 id] \"${id}\""))
                    .isEqualTo(
                            "script line 1: unknown variable ${id}; known here are address, client.port, host, path, port; a"
                                    + " group (?<id>...) in C~, @receive id or Variables.computed sets it; $${ is a plain ${");
        }

        @Test
        void thatAreNoNames() {
            assertThat(refused("S: ${1 a}"))
                    .isEqualTo("script line 1: found ${1 a} where a name of letters, digits, '.', '-' and '_' in ${…}"
                            + " is allowed; $${ is a plain ${");
        }

        @Test
        void thatAreNotEnded() {
            assertThat(refused("S: ${host"))
                    .isEqualTo("script line 1: found ${host where a name of letters, digits, '.', '-' and '_' in ${…}"
                            + " is allowed; $${ is a plain ${");
        }
    }

    @Nested
    class Escaped {

        @Test
        void withAnUnknownEscape() {
            assertThat(refused("S< a\\q"))
                    .isEqualTo("script line 1: found \\q where \\r \\n \\t \\0 \\\\ \\xHH are allowed");
        }

        @Test
        void withABackslashAtTheEnd() {
            assertThat(refused("S< a\\"))
                    .isEqualTo(
                            "script line 1: found a backslash at the end where \\r \\n \\t \\0 \\\\ \\xHH are allowed");
        }

        @Test
        void withABadHexEscape() {
            assertThat(refused("C< \\x4"))
                    .isEqualTo("script line 1: found \\x4 where \\xHH has two hexadecimal digits");
            assertThat(refused("C< \\xg0"))
                    .isEqualTo("script line 1: found \\xg0 where \\xHH has two hexadecimal digits");
        }

        @Test
        void asBadHex() {
            assertThat(refused("S! 00 fg"))
                    .isEqualTo(
                            "script line 1: found 'g' at 5 where two hexadecimal digits per byte, \"text\", base64 \"…\" and"
                                    + " ${name}"
                                    + " are allowed");
            assertThat(refused("C! 00 f"))
                    .isEqualTo("script line 1: the last byte has one hexadecimal digit where two are needed");
            assertThat(refused("C! 00 [2] f]"))
                    .isEqualTo(
                            "script line 1: found ']' at 9 where two hexadecimal digits per byte, \"text\", base64 \"…\", ${name},"
                                    + " [2 name] and [*] are allowed");
            assertThat(refused("S! [2]"))
                    .isEqualTo(
                            "script line 1: found '[' at 1 where two hexadecimal digits per byte, \"text\", base64 \"…\" and"
                                    + " ${name}"
                                    + " are allowed");
        }

        @Test
        void asBadBase64() {
            String allowed = " where base64 with A-Z a-z 0-9 + / and = at the end is allowed";
            assertThat(refused("S! 00 base64 \"AP-_\"")).isEqualTo("script line 1: found '-' at 14" + allowed);
            assertThat(refused("C! base64 \"AA== \"")).isEqualTo("script line 1: found '=' at 11" + allowed);
            assertThat(refused("C! base64 \"AA AA\"")).isEqualTo("script line 1: found ' ' at 11" + allowed);
            assertThat(refused("S! base64 \"A===\"")).isEqualTo("script line 1: found '=' at 10" + allowed);
            assertThat(refused("S! base64 \"AA=A\"")).isEqualTo("script line 1: found '=' at 11" + allowed);
            assertThat(refused("S! base64 \"${host}\"")).isEqualTo("script line 1: found '$' at 9" + allowed);
            assertThat(refused("@broadcast-hex base64 \"é\"")).isEqualTo("script line 1: found 'é' at 9" + allowed);
        }

        @Test
        void asIncompleteBase64() {
            String needed = ", but a multiple of 4 is needed; = completes the last 4";
            assertThat(refused("S! base64 \"A\"")).isEqualTo("script line 1: the base64 text has 1 character" + needed);
            assertThat(refused("S! base64 \"AP8\""))
                    .isEqualTo("script line 1: the base64 text has 3 characters" + needed);
            assertThat(refused("S! base64 \"==\""))
                    .isEqualTo("script line 1: the base64 text has 2 characters" + needed);
            assertThat(refused("S! base64 \"AB==\""))
                    .isEqualTo("script line 1: found 'B' at 10 where 'A' is needed: in base64, the bits after the last"
                            + " byte are 0");
            assertThat(refused("S! base64 \"//////=\"" + "\n")).contains("7 characters");
            assertThat(refused("S! base64 \"AAAAAP9=\""))
                    .isEqualTo("script line 1: found '9' at 15 where '8' is needed: in base64, the bits after the last"
                            + " byte are 0");
        }

        @Test
        void asBase64WithoutQuotes() {
            for (String wrong : new String[] {"base64", "base64 AP8=", "base64 [2]"}) {
                assertThat(refused("C! 00 " + wrong))
                        .isEqualTo("script line 1: found base64 without text in quotes; write it as in base64"
                                + " \"iVBORw==\"");
            }
            assertThat(refused("S! base64 \"AP8=")).isEqualTo("script line 1: the base64 text has no closing \"");
        }

        @Test
        void asTextThatIsNotEnded() {
            assertThat(refused("S! 00 \"a"))
                    .isEqualTo("script line 1: the text \"a has no closing \"; for a \" inside it write \\x22");
        }

        @Test
        void asAPlaceThatIsNone() {
            assertThat(refused("C! 00 [id 2] 01"))
                    .isEqualTo("script line 1: found [id 2] where [2] for any two bytes, [2 name] to keep"
                            + " them, and [*] or [* name] for the rest of the message are allowed");
            assertThat(refused("C! [0"))
                    .isEqualTo("script line 1: found [0 where [2] for any two bytes, [2 name] to keep them,"
                            + " and [*] or [* name] for the rest of the message are allowed");
            assertThat(refused("C! [2 ?]"))
                    .isEqualTo("script line 1: \"?\" is not a variable name; a letter and then letters, digits, '.',"
                            + " '-' and '_' are allowed");
            assertThat(refused("C! [* rest] 00"))
                    .isEqualTo("script line 1: found more after [* rest], which matches the rest of the message;"
                            + " it must be last");
        }

        @Test
        void asABadRegex() {
            assertThat(refused("C~ a(b"))
                    .isEqualTo("script line 1: \"a(b\" is not a regular expression: Unclosed group at 4");
        }
    }

    @Nested
    class Words {

        @Test
        void thatAreUnknown() {
            assertThat(refused("@shout loud")).isEqualTo("script line 1: unknown step @shout; known are " + KNOWN);
            assertThat(refused("@")).isEqualTo("script line 1: unknown step @; known are " + KNOWN);
        }

        @Test
        void thatAreNearlyKnown() {
            assertThat(refused("S: a\n@dealy 200ms"))
                    .isEqualTo("script line 2: unknown step @dealy; did you mean @delay?");
            assertThat(refused("@halfclose"))
                    .isEqualTo("script line 1: unknown step @halfclose; did you mean @half-close?");
            assertThat(refused("@close-now"))
                    .isEqualTo("script line 1: unknown step @close-now; did you mean @close now?");
            assertThat(refused("@match\nC: a\n@else\nS: b\n@end"))
                    .isEqualTo("script line 3: unknown step @else; did you mean @otherwise?");
            assertThat(refused("@latency 50ms"))
                    .isEqualTo("script line 1: unknown step @latency; did you mean @network latency?");
            assertThat(refused("C: a\n@drop 1"))
                    .isEqualTo("script line 2: unknown step @drop; did you mean @network drop?");
            assertThat(refused("@default")).isEqualTo("script line 1: unknown step @default; did you mean @otherwise?");
            assertThat(refused("@frame lenght 2"))
                    .isEqualTo("script line 1: unknown frame lenght; did you mean @frame length?");
            assertThat(refused("@frame length 2 litle"))
                    .isEqualTo("script line 1: unknown word litle after @frame length; did you mean little?");
            assertThat(refused("@tls-alert handshake_failed"))
                    .isEqualTo("script line 1: @tls-alert takes the name of an alert: unknown alert"
                            + " \"handshake_failed\"; did you mean handshake_failure?");
        }

        @Test
        void thatStandForCode() {
            assertThat(refused("@code MyServer"))
                    .isEqualTo("script line 1: @code MyServer is a placeholder for code, which text cannot contain;"
                            + " build that script in Java, with Script.of");
        }

        @Test
        void thatTakeNoArguments() {
            assertThat(refused("@reset now"))
                    .isEqualTo("script line 1: found \"now\" after @reset, which takes no arguments");
            assertThat(refused("@forever 3"))
                    .isEqualTo("script line 1: found \"3\" after @forever, which takes no arguments");
        }

        @Test
        void close() {
            assertThat(refused("@close soon"))
                    .isEqualTo("script line 1: @close takes nothing or now, but found \"soon\"");
        }

        @Test
        void delay() {
            assertThat(refused("@delay soon"))
                    .isEqualTo("script line 1: @delay takes a duration: \"soon\" is not a duration; a whole number"
                            + " with ns,"
                            + " us, ms, s, m, h or d is allowed, such as 200ms");
            assertThat(refused("@within -1s"))
                    .isEqualTo("script line 1: @within takes a duration: \"-1s\" is not a duration; a whole number"
                            + " with ns,"
                            + " us, ms, s, m, h or d is allowed, such as 200ms");
            assertThat(refused("@within 40000d"))
                    .isEqualTo("script line 1: @within takes a duration: \"40000d\" is longer than a hundred years");
            assertThat(refused("@delay 999999999999999d"))
                    .isEqualTo("script line 1: @delay takes a duration: \"999999999999999d\" is longer than a hundred"
                            + " years");
        }

        @Test
        void tls() {
            assertThat(refused("@starttls now"))
                    .isEqualTo("script line 1: @starttls takes nothing, tolerant or resumed, but found \"now\"");
            assertThat(refused("@tls-alert panic"))
                    .startsWith(
                            "script line 1: @tls-alert takes the name of an alert: unknown alert \"panic\"; known are"
                                    + " close_notify, unexpected_message, ");
            assertThat(refused("@tls-flight"))
                    .isEqualTo("script line 1: @tls-flight takes the number of bytes, from 1 to 999999999, but found"
                            + " \"\"");
        }

        @Test
        void eol() {
            for (String wrong : new String[] {"cr", "", "exact", "lf  exactly", "lf exact exact", "cr exact"}) {
                assertThat(refused("@eol " + wrong))
                        .isEqualTo("script line 1: @eol takes crlf, lf, none, crlf exact or lf exact, but found \""
                                + wrong + "\"");
            }
        }

        @Test
        void exactEolWithoutAnEnd() {
            String message = "@eol none cannot be exact, because a line that the client sends needs an end; crlf exact"
                    + " and lf exact are allowed";

            assertThat(refused("@eol none exact")).isEqualTo("script line 1: " + message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Behaviours.exactEol(Eol.NONE))
                    .withMessage(message);
        }

        @Test
        void charset() {
            assertThat(refused("@charset klingon"))
                    .isEqualTo("script line 1: @charset takes a charset that this JVM supports, such as latin1, but"
                            + " found"
                            + " \"klingon\"");
            assertThat(refused("@charset"))
                    .isEqualTo("script line 1: @charset takes a charset that this JVM supports, such as latin1, but"
                            + " found"
                            + " \"\"");
        }

        @Test
        void frame() {
            assertThat(refused("@frame lines"))
                    .isEqualTo("script line 1: @frame takes length and its format, until and a delimiter, websocket,"
                            + " close or none, but found \"lines\"");
            for (String wrong :
                    new String[] {"5", "2 big", "varint little", "4 plus 4 after 1", "4 after -1", "ber plus"}) {
                assertThat(refused("@frame length " + wrong))
                        .isEqualTo("script line 1: @frame length takes 1, 2, 3 or 4 with an optional little, or"
                                + " varint, ber or decimal, then optionally after and a number of bytes,"
                                + " and plus and a number, but found \"" + wrong + "\"");
            }
            assertThat(refused("@frame until"))
                    .isEqualTo("script line 1: @frame until takes a delimiter of at least one byte, such as \\0");
            assertThat(refused("@frame until \\q"))
                    .isEqualTo("script line 1: found \\q where \\r \\n \\t \\0 \\\\ \\xHH are allowed");
            assertThat(refused("@frame close 2"))
                    .isEqualTo("script line 1: found \"2\" after @frame close, which takes no arguments");
        }

        @Test
        void receive() {
            assertThat(refused("@receive a b"))
                    .isEqualTo("script line 1: @receive takes an optional number of bytes and an optional name, but"
                            + " found \"a b\"");
            assertThat(refused("C~ (?<size>\\d+)\n@receive size data"))
                    .isEqualTo("script line 2: @receive takes an optional number of bytes and an optional name, but"
                            + " found \"size data\"; did you mean @receive ${size} data?");
            assertThat(refused("@receive 01"))
                    .isEqualTo("script line 1: @receive takes the number of bytes, from 0 to 999999999, but found"
                            + " \"01\"");
            assertThat(refused("@receive 2${port}"))
                    .isEqualTo("script line 1: @receive takes the number of bytes, from 0 to 999999999, but found"
                            + " \"2${port}\"");
            assertThat(refused("@receive ${port}${port}"))
                    .isEqualTo("script line 1: @receive takes the number of bytes, from 0 to 999999999, but found"
                            + " \"${port}${port}\"");
            assertThat(refused("@receive ${size} data", Map.of("size", "large")))
                    .isEqualTo("script line 1: @receive takes the number of bytes, from 0 to 999999999, but found"
                            + " \"large\"");
            assertThat(refused("@receive ${size} data"))
                    .isEqualTo(
                            "script line 1: unknown variable ${size}; known here are address, client.port, host, path, port;"
                                    + " a group (?<size>...) in C~, @receive size or Variables.computed sets it; $${ is a plain ${");
            assertThat(refused("@receive ${port} ?"))
                    .isEqualTo("script line 1: \"?\" is not a variable name; a letter and then letters, digits, '.',"
                            + " '-' and '_' are allowed");
            assertThat(refused("@receive ${po rt}"))
                    .isEqualTo("script line 1: found ${po where a name of letters, digits, '.', '-' and '_' in ${…} is"
                            + " allowed; $${ is a plain ${");
            assertThat(refused("@receive 2 ?"))
                    .isEqualTo("script line 1: \"?\" is not a variable name; a letter and then letters, digits, '.',"
                            + " '-' and '_' are allowed");
        }

        @Test
        void drip() {
            assertThat(refused("@drip 1"))
                    .isEqualTo("script line 1: @drip takes the number of bytes and the time between them, such as"
                            + " @drip 1 10ms, but found \"1\"");
            assertThat(refused("@drip 0 1s"))
                    .isEqualTo("script line 1: @drip takes the number of bytes, from 1 to 999999999, but found \"0\"");
            assertThat(refused("@drip 1 x"))
                    .isEqualTo("script line 1: @drip takes a duration: \"x\" is not a duration; a whole number with"
                            + " ns, us,"
                            + " ms, s, m, h or d is allowed, such as 200ms");
        }

        @Test
        void repeat() {
            assertThat(refused("@repeat\nS: a\n@end"))
                    .isEqualTo("script line 1: @repeat takes the number of times, from 1 to 999999999, but found \"\"");
            assertThat(refused("@repeat many\nS: a\n@end"))
                    .isEqualTo("script line 1: @repeat takes the number of times, from 1 to 999999999, but found"
                            + " \"many\"");
        }

        @Test
        void send() {
            assertThat(refused("@send"))
                    .isEqualTo("script line 1: @send takes the name of a resource on the class path");
            assertThat(refused("@send missing.bin"))
                    .isEqualTo("script line 1: resource \"missing.bin\" not found on the class path");
        }

        @Test
        void sendBesideAClass() {
            ScriptSyntaxException refusal = Objects.requireNonNull(catchThrowableOfType(
                    ScriptSyntaxException.class, () -> Script.parse("@send missing.bin", ScriptErrorsTest.class)));

            assertThat(refusal)
                    .hasMessage("script line 1: resource \"missing.bin\" not found on the class path, neither beside"
                            + " io.socketharness.script.ScriptErrorsTest nor at the root\n"
                            + "    @send missing.bin\n"
                            + "          ^");
        }
    }

    @Nested
    class Messages {

        @Test
        void thatDoNotFitTheirFrame() {
            String bytes = "00 ".repeat(300);
            assertThat(refused("@frame length 1\nC! 00\nS! " + bytes))
                    .isEqualTo("script line 3: this step does not fit @frame length 1: a message of 300 bytes is too"
                            + " long: 300"
                            + " does not fit a length of 1 byte; change the message or the frame");
            assertThat(refused("@frame length 2 after 4\nS! 00 01"))
                    .isEqualTo("script line 2: this step does not fit @frame length 2 after 4: a message of 2 bytes is"
                            + " too short"
                            + " for the framing length 2 after 4: at least 4 are needed; change the message"
                            + " or the frame");
            assertThat(refused("@frame length 1\nS< " + "x".repeat(256)))
                    .isEqualTo("script line 2: this step does not fit @frame length 1: a message of 256 bytes is too"
                            + " long: 256"
                            + " does not fit a length of 1 byte; change the message or the frame");
            assertThat(refused("@charset utf-16be\n@frame length 1\nS! \"" + "x".repeat(128) + "\""))
                    .isEqualTo("script line 3: this step does not fit @frame length 1: a message of 256 bytes is too"
                            + " long: 256"
                            + " does not fit a length of 1 byte; change the message or the frame");
            assertThat(refused("@frame length 1\n@repeat 2\nS! " + bytes))
                    .startsWith("script line 3: this step does not fit @frame length 1: ");
            assertThat(refused("@websocket\nS!"))
                    .isEqualTo("script line 2: this step does not fit @frame websocket: the message is empty; it must"
                            + " begin with the first byte of a WebSocket frame, such as 81 for text; change"
                            + " the message or the frame");
        }

        @Test
        void thatFitTheirFrameOrMayFitIt() {
            String bytes = "00 ".repeat(300);
            for (String text : new String[] {
                "@frame length 2\nS! " + bytes,
                "@frame length 1\n@frame none\nS! " + bytes,
                "@repeat 1\n@frame length 1\nC! 00\n@end\nS! " + bytes,
                "@match\nC: a\n@frame length 1\n@or\nC: b\nS! " + bytes + "\n@end",
                "@frame length 1\n@websocket\nS! " + bytes,
                "@frame length 1 after 2\n@receive id\nS! ${id}",
                "@frame length 1\nS: " + "x".repeat(300)
            }) {
                assertThat(Script.parse(text).steps()).isNotEmpty();
            }
        }
    }

    /** The line itself stands below the message, with a caret where it is wrong. */
    @Nested
    class Places {

        @Test
        void ofAWord() {
            assertThat(whole("S: a\n  @dealy 200ms")).isEqualTo("""
                    script line 2: unknown step @dealy; did you mean @delay?
                        @dealy 200ms
                        ^""");
        }

        @Test
        void ofArguments() {
            assertThat(whole("@eol  cr")).isEqualTo("""
                    script line 1: @eol takes crlf, lf, none, crlf exact or lf exact, but found "cr"
                        @eol  cr
                              ^""");
            assertThat(whole("@frame until \\0\\q")).isEqualTo("""
                    script line 1: found \\q where \\r \\n \\t \\0 \\\\ \\xHH are allowed
                        @frame until \\0\\q
                                       ^""");
        }

        @Test
        void ofAVariable() {
            assertThat(whole("S: to ${hots}")).isEqualTo("""
                    script line 1: unknown variable ${hots}; did you mean ${host}? $${ is a plain ${
                        S: to ${hots}
                              ^""");
            assertThat(whole("S< a\\r${1}")).isEqualTo("""
                    script line 1: found ${1} where a name of letters, digits, '.', '-' and '_' in ${…} is \
                    allowed; $${ is a plain ${
                        S< a\\r${1}
                              ^""");
        }

        @Test
        void ofAVariableThatIsANumber() {
            assertThat(whole("@receive  ${prt} data")).isEqualTo("""
                    script line 1: unknown variable ${prt}; did you mean ${port}? $${ is a plain ${
                        @receive  ${prt} data
                                  ^""");
        }

        @Test
        void ofAnEscape() {
            assertThat(whole("S< ${host} \\q")).isEqualTo("""
                    script line 1: found \\q where \\r \\n \\t \\0 \\\\ \\xHH are allowed
                        S< ${host} \\q
                                   ^""");
            assertThat(whole("S! 00 \"a\\xg0\"")).isEqualTo("""
                    script line 1: found \\xg0 where \\xHH has two hexadecimal digits
                        S! 00 "a\\xg0"
                                ^""");
        }

        @Test
        void ofAByte() {
            assertThat(whole("C! 00 fg")).isEqualTo("""
                    script line 1: found 'g' at 5 where two hexadecimal digits per byte, "text", base64 "…", ${name}, [2 \
                    name] and [*] are allowed
                        C! 00 fg
                               ^""");
        }

        @Test
        void ofBase64() {
            assertThat(whole("C! 00 base64 \"AP-8\" 01")).isEqualTo("""
                    script line 1: found '-' at 14 where base64 with A-Z a-z 0-9 + / and = at the end is allowed
                        C! 00 base64 "AP-8" 01
                                        ^""");
            assertThat(whole("C! 00 base64 \"AP8\" 01")).isEqualTo("""
                    script line 1: the base64 text has 3 characters, but a multiple of 4 is needed; = completes the last 4
                        C! 00 base64 "AP8" 01
                                         ^""");
        }

        @Test
        void ofARegex() {
            assertThat(whole("C~ a[b")).isEqualTo("""
                    script line 1: "a[b" is not a regular expression: Unclosed character class at 3
                        C~ a[b
                             ^""");
        }

        @Test
        void ofATypedEndOfLine() {
            assertThat(whole("S: ready\\n")).isEqualTo("""
                    script line 1: found \\n, but S: has no escapes and adds the end of the line; remove it \
                    (for LF alone, write @eol lf before), or use S<, which has escapes; \\${}n is plain text
                        S: ready\\n
                                ^""");
        }

        @Test
        void ofABlock() {
            assertThat(whole("S: a\n  @forever\n  C: a\n")).isEqualTo("""
                    script line 2: missing @end for @forever
                        @forever
                        ^""");
        }

        @Test
        void inALongLine() {
            String filler = "x".repeat(300);
            assertThat(whole("S: " + filler + "${hots}" + filler))
                    .isEqualTo("script line 1: unknown variable ${hots}; did you mean ${host}? $${ is a plain ${\n    …"
                            + "x".repeat(50) + "${hots}" + "x".repeat(43) + "…\n    " + " ".repeat(51) + "^");
        }

        @Test
        void behindATab() {
            assertThat(whole("@delay\tsoon")).endsWith("\n    @delay soon\n           ^");
        }
    }

    @Test
    void theTextIsPrintedOnce() {
        for (String text : new String[] {"@dealy 1s", "@delay soon", "C~ a(b", "S! 0g", "@tls-alert panic"}) {
            assertThat(catchThrowable(() -> Script.parse(text))).hasNoCause();
        }
    }

    @Nested
    class Blocks {

        @Test
        void thatAreNotEnded() {
            assertThat(refused("S: a\n@repeat 2\n@maybe\nC: a\n@end\nC: b"))
                    .isEqualTo("script line 2: missing @end for @repeat 2");
        }

        @Test
        void thatEndNothing() {
            assertThat(refused("S: a\n@end"))
                    .isEqualTo("script line 2: @end has no block to end: no @repeat, @forever, @maybe, @match,"
                            + " @every, @batch or @other-port is open");
        }

        @Test
        void otherPortsThatDoMoreThanSend() {
            String allowed =
                    "; only sends and settings for them are allowed in it: S: S< S! @send @charset @drip @within";
            assertThat(refused("C: a\n@other-port\nS: b\nC: c\n@end"))
                    .isEqualTo("script line 4: @other-port contains \"C: c\"" + allowed);
            assertThat(refused("@other-port\nS: b\n@repeat 2\nS: c\n@end\n@end"))
                    .isEqualTo("script line 3: @other-port contains \"@repeat 2\"" + allowed);
            assertThat(refused("@other-port\n@broadcast b\n@end"))
                    .isEqualTo("script line 2: @other-port contains \"@broadcast b\"" + allowed);
            assertThat(refused("@other-port\n@delay 1s\n@end"))
                    .isEqualTo("script line 2: @other-port contains \"@delay 1s\"" + allowed);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Behaviours.fromOtherPort(connection -> {}))
                    .withMessageMatching("@other-port contains \"@code a lambda of .*ScriptErrorsTest.*\"" + allowed);
        }

        @Test
        void otherPortsThatSendNothing() {
            assertThat(refused("C: a\n@other-port\n@end"))
                    .isEqualTo("script line 2: @other-port contains no send; at least one is needed");
            assertThat(refused("@other-port\n@within 1s\n@end"))
                    .isEqualTo("script line 1: @other-port contains no send; at least one is needed");
            assertThat(refused("C: a\n@other-port\nS: b")).isEqualTo("script line 2: missing @end for @other-port");
            assertThat(refused("@other-port 7\nS: b\n@end"))
                    .isEqualTo("script line 1: found \"7\" after @other-port, which takes no arguments");
        }

        @Test
        void casesOutsideOfMatch() {
            assertThat(refused("@or")).isEqualTo("script line 1: @or is outside of @match");
            assertThat(refused("@match\nC: a\n@repeat 2\nS: b\n@otherwise"))
                    .isEqualTo("script line 5: @otherwise is outside of @match: @repeat 2 in line 3 has no @end");
            assertThat(refused("@leave"))
                    .isEqualTo("script line 1: @leave is outside of @match; it ends the @match around it");
        }

        @Test
        void withoutSteps() {
            assertThat(refused("@repeat 2\n@end"))
                    .isEqualTo("script line 1: repeat contains no step; at least one is needed");
            assertThat(refused("@forever\n@end"))
                    .isEqualTo("script line 1: forever contains no step; at least one is needed");
            assertThat(refused("@forever\n@eol lf\n@end"))
                    .isEqualTo("script line 1: forever contains only settings; a step that sends, receives or waits is"
                            + " needed");
            assertThat(refused("@maybe\n@end"))
                    .isEqualTo("script line 1: maybe contains no step; at least one is needed");
            assertThat(refused("@match\nC: a\n@or\n@end"))
                    .isEqualTo("script line 3: a case of match contains no step; at least one is needed");
        }

        @Test
        void thatDoNotBeginWithAMessage() {
            assertThat(refused("@match\nS: a\nC: b\n@end"))
                    .isEqualTo("script line 2: a case of match begins with \"S: a\"; it must begin with a step that"
                            + " receives a message: C: C~ C< C! or @receive");
            assertThat(refused("@match\nC: a\n@or\n@repeat 2\nC: b\n@end\n@end"))
                    .isEqualTo("script line 4: a case of match begins with \"@repeat 2\"; it must begin with a step"
                            + " that receives a message: C: C~ C< C! or @receive");
            assertThat(refused("@maybe\n@delay 1s\n@end"))
                    .isEqualTo("script line 2: maybe begins with \"@delay 1s\"; it must begin with a step that"
                            + " receives a message: C: C~ C< C! or @receive");
        }

        @Test
        void thatBeginWithANumberOfBytes() {
            assertThat(refused("@match\n@receive 12\n@end"))
                    .isEqualTo("script line 1: a case of match begins with \"@receive 12\"; match works on whole"
                            + " messages: use @receive without a number");
            assertThat(refused("@match\n@receive ${port} data\n@end"))
                    .isEqualTo("script line 1: a case of match begins with \"@receive ${port} data\"; match works on"
                            + " whole messages: use @receive without a number");
        }

        @Test
        void casesBehindOneThatTakesAny() {
            assertThat(refused("@match\n@receive\n@or\nC: a\n@end"))
                    .isEqualTo("script line 3: @or can never be reached: \"@receive\" before it matches any message");
            assertThat(refused("@match\n@otherwise\nS: a\n@or\nC: a\n@end"))
                    .isEqualTo("script line 4: @or can never be reached: @otherwise matches any message");
        }

        @Test
        void batches() {
            assertThat(refused("@batch\n@end"))
                    .isEqualTo("script line 1: batch contains no step; at least one is needed");
            assertThat(refused("@batch\n@eol lf\n@end"))
                    .isEqualTo("script line 1: batch contains only settings; a step that sends is needed");
            for (String line : new String[] {
                "C: a",
                "@receive",
                "@delay 1s",
                "@drip 1 1ms",
                "@within 1s",
                "@broadcast a",
                "@close",
                "@maybe",
                "@repeat 2",
                "@batch",
                "@match"
            }) {
                assertThat(refused("@batch\nS: a\n" + line))
                        .isEqualTo("script line 3: batch contains \"" + line
                                + "\"; only sends are allowed (S: S< S! @send), and @eol, @charset and @frame for"
                                + " them");
            }
            assertThat(refused("@frame length 1\n@batch\nS: a\nS! " + "00 ".repeat(300)))
                    .startsWith("script line 4: this step does not fit @frame length 1: ");
            assertThat(refused("@batch\n@frame length 1\nS! " + "00 ".repeat(300)))
                    .startsWith("script line 3: this step does not fit @frame length 1: ");
            assertThat(refused("@batch now"))
                    .isEqualTo("script line 1: found \"now\" after @batch, which takes no arguments");
            assertThat(refused("@batch\nS: a")).isEqualTo("script line 1: missing @end for @batch");
        }

        @Test
        void nestedTooDeep() {
            assertThat(refused("@repeat 1\n".repeat(51)))
                    .isEqualTo("script line 51: @repeat 1 is nested deeper than 50 blocks");
        }
    }

    @Nested
    class StepsThatAreNeverReached {

        @Test
        void behindOneThatDoesNotEnd() {
            assertThat(refused("@close\nS: a"))
                    .isEqualTo("script line 2: \"S: a\" can never be reached: \"@close\" before it does not end");
            assertThat(refused("@echo\n\n@repeat 2\nC: a\n@end"))
                    .isEqualTo("script line 3: \"@repeat 2\" can never be reached: \"@echo\" before it does not end");
        }

        @Test
        void behindABlockThatDoesNotEnd() {
            assertThat(refused("@forever\nC: a\n@end\nS: b"))
                    .isEqualTo("script line 4: \"S: b\" can never be reached: \"@forever\" before it does not end");
            assertThat(refused("@match\nC: a\n@end\nS: b"))
                    .isEqualTo("script line 4: \"S: b\" can never be reached: \"@match\" before it does not end");
            assertThat(refused("@repeat 1\n@reset\n@end\nS: b"))
                    .isEqualTo("script line 4: \"S: b\" can never be reached: \"@repeat 1\" before it does not end");
        }

        @Test
        void inTheSecondRound() {
            assertThat(refused("@repeat 2\n@stall\n@end"))
                    .isEqualTo("script line 1: repeat 2 times: the block's last step does not end");
        }

        @Test
        void behindLeave() {
            assertThat(refused("@match\nC: a\n@leave\nS: b\n@end"))
                    .isEqualTo("script line 4: \"S: b\" can never be reached: \"@leave\" before it does not end");
        }
    }

    /** The message for a script that is refused, without the line and the caret below it. */
    static String refused(String text) {
        return refused(text, Map.of());
    }

    /** The message without the line and the caret below it. */
    private static String refused(String text, Map<String, String> variables) {
        ScriptSyntaxException refusal = Objects.requireNonNull(
                catchThrowableOfType(ScriptSyntaxException.class, () -> Script.parse(text, variables)));
        String message = String.valueOf(refusal.getMessage());
        assertThat(message).containsPattern("\n    .*\n +\\^$");
        return message.substring(0, message.indexOf("\n    "));
    }

    private static String whole(String text) {
        return String.valueOf(catchThrowable(() -> Script.parse(text)).getMessage());
    }
}
