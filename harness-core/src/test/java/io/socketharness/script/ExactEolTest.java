package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code @eol crlf exact} and {@code @eol lf exact}: the lines of the client have the same end as those of the server. */
class ExactEolTest {

    private static final String NEEDS_CRLF =
            "@eol crlf exact requires CRLF at the end of each line. To allow LF too, use @eol crlf.";
    private static final String NEEDS_LF =
            "@eol lf exact requires LF at the end of each line. To allow CRLF too, use @eol lf.";

    @ParameterizedTest
    @CsvSource({"crlf, '\\r\\n'", "lf, '\\n'"})
    void acceptsThisEnd(String word, String escapedEnd) throws IOException {
        String end = escapedEnd.translateEscapes();
        Script script = Script.parse("@eol " + word + " exact\nC: PING\nS: PONG\nC~ Q(?<rest>.*)\nS: ${rest}\n@close");
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("PING" + end + "QUIT" + end);

            assertThat(client.readToEnd()).isEqualTo("PONG" + end + "UIT" + end);
            server.verify();
        }
    }

    @Test
    void refusesLineFeedAlone() throws IOException {
        assertThat(report("@eol crlf exact\nC: PING\nS: PONG", "PING\n")).isEqualTo("""
                        tcp://127.0.0.1:PORT, connection 0: step 2 of 3 failed

                          expected  PING\\r\\n
                          received  PING\\n
                                        ^ byte 4

                          @eol crlf exact requires CRLF at the end of each line. To allow LF too, use @eol crlf.

                          dialogue  TIME  opened by 127.0.0.1:PORT
                            C: PING  TIME
                          not reached
                            C: PING                         <- here
                            S: PONG
                        """);
    }

    @Test
    void refusesAReturnBeforeTheLineFeed() throws IOException {
        assertThat(report("@eol lf exact\nC: PING", "PING\r\n")).contains("""
                          expected  PING\\n
                          received  PING\\r\\n
                                        ^ byte 4

                          %s

                        """.formatted(NEEDS_LF));
    }

    @Test
    void showsBothEndsOfAnotherLine() throws IOException {
        assertThat(report("@eol crlf exact\nC: PING", "PONG\n")).contains("""
                          expected  PING\\r\\n
                          received  PONG\\n
                                     ^ byte 1
                        """).contains(NEEDS_CRLF);
        assertThat(report("@eol crlf exact\nC: PING", "PONG\r\n"))
                .contains("  received  PONG\n")
                .doesNotContain("exact requires");
    }

    @Test
    void showsAnEmptyLineWithItsEnd() throws IOException {
        assertThat(report("@eol crlf exact\nC:", "\n")).contains("""
                          expected  \\r\\n
                          received  \\n
                                    ^ byte 0
                        """);
    }

    @Test
    void saysWhereALineThatMatchesEnds() throws IOException {
        assertThat(report("@eol crlf exact\nC~ GET (?<id>\\d+)", "GET 12\n"))
                .contains("""
                          expected  a match of GET (?<id>\\d+) and \\r\\n
                          received  GET 12\\n
                                          ^ the match ends here
                        """)
                .contains(NEEDS_CRLF);
        assertThat(report("@eol crlf exact\nC~ GET \\d+", "PUT 12\n"))
                .contains("  received  PUT 12\n")
                .doesNotContain("exact requires");
    }

    @Test
    void aCaseMatchesOnlyThisEnd() throws IOException {
        Script script = Script.parse("""
                @eol crlf exact
                @match
                  C: PING
                  S: PONG
                @or
                  C~ P.*
                  S: P?
                @or
                  C< QUIT
                  S: bye
                @otherwise
                  S: ?
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("PING\r\nPING\nPUT\r\nPUT\nQUIT\r\nQUIT\n");

            assertThat(client.read(24)).isEqualTo("PONG\r\n?\r\nP?\r\n?\r\nbye\r\n?\r\n");
            server.verify();
        }
    }

    @Test
    void noCaseMatchesAnotherEnd() throws IOException {
        assertThat(report("@eol lf exact\n@match\nC: PING\n@or\nC~ Q.*\n@end", "PING\r\n"))
                .contains("""
                          no case matches this message

                          expected  C: PING
                                or  C~ Q.*
                          received  PING\\r\\n

                          %s

                        """.formatted(NEEDS_LF));
        assertThat(report("@eol lf exact\n@match\nC: PING\n@end", "PONG\n"))
                .contains("  received  PONG\n")
                .doesNotContain("exact requires");
    }

    @Test
    void anOptionalLineHasThisEnd() throws IOException {
        Script script = Script.parse("@eol crlf exact\n@maybe\nC: A\nS: 1\n@end\n@eol lf\nC: A\nS: 2\n@close");
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("A\n");

            assertThat(client.readToEnd()).isEqualTo("2\n");
            server.verify();
        }
    }

    @Test
    void endsWithItsBlockOrAtTheNextSetting() throws IOException {
        Script script = Script.parse("""
                @repeat 1
                  @eol lf exact
                  C: a
                  S: 1
                @end
                C: b
                S: 2
                @eol crlf exact
                @eol crlf
                C: c
                S: 3
                @close
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("a\nb\r\nc\n");

            assertThat(client.readToEnd()).isEqualTo("1\n2\r\n3\r\n");
            server.verify();
        }
    }

    @Test
    void whatTakesAnyLineTakesBothEnds() throws IOException {
        Behaviour code = connection -> connection.sendLine(connection.receiveLine());
        Script script =
                Script.of(exactEol(Eol.CRLF), receive("line"), sendLine("${line}"), code, reply(x -> x), close());
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("a\nb\nc\n");

            assertThat(client.readToEnd()).isEqualTo("a\r\nb\r\nc\r\n");
            server.verify();
        }
    }

    @Test
    void framedMessagesHaveNoEndOfLine() throws IOException {
        Framing lines = new Framing() {
            @Override
            public byte[] receive(Connection connection) {
                return connection.receiveLineBytes();
            }

            @Override
            public byte[] frame(byte[] message) {
                return message;
            }
        };
        Script script = Script.of(exactEol(Eol.CRLF), frame(lines), match(when(expectLine("a"), send("b"), close())));
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send("a\n");

            assertThat(client.readToEnd()).isEqualTo("b");
            server.verify();
        }
    }

    @Test
    void datagramsHaveNoEndOfLine() throws IOException {
        Script script = Script.parse("@eol crlf exact\nC: a\nS: 1\n@match\nC~ b.*\nS: 2\n@end");
        try (FakeServer server = FakeServer.start("udp:", script);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");
            assertThat(client.receive()).isEqualTo("1");
            client.send("bc");
            assertThat(client.receive()).isEqualTo("2");
            server.verify();
        }
    }

    @Test
    void aLaterStepThatRefusesTheEndIsNotNamed() throws IOException {
        assertThat(report("@eol crlf exact\nC: a\nC: b", "b\n")).doesNotContain("leave out the message");
        assertThat(report("@eol crlf exact\nC: a\n@eol crlf\nC: b", "b\n"))
                .contains("leave out the message of step 2?");
        assertThat(report("C: a\n@eol crlf exact\nC: b", "b\n")).doesNotContain("leave out the message");
        assertThat(report("C: a\n@eol lf exact\nC: b", "b\n")).contains("leave out the message of step 1?");
    }

    @Test
    void saysThatTheLineFeedIsMissing() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("@eol crlf exact\nC: PING"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING\r").halfClose().readToEnd();

            assertThat(Reports.of(server)).contains("; 5 bytes arrived, with CR but without the LF that ends a line\n");
        }
    }

    private static String report(String script, String sent) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.send(sent).readToEnd();

            return Reports.of(server);
        }
    }
}
