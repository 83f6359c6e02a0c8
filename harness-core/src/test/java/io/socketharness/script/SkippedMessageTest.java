package io.socketharness.script;

import static io.socketharness.script.Behaviours.expect;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The advice where a client has left out a message, and the words for an empty line. */
class SkippedMessageTest {

    @Test
    void namesTheStepOfALineThatIsLeftOut() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: HELO\nS: 250\nC: RCPT\nS: 250\nC: DATA"));
                TestClient client = TestClient.connect(server)) {
            client.send("HELO\n").readLine();
            client.send("DATA\n").readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: step 3 of 5 failed

                              expected  RCPT
                              received  DATA
                                        ^ byte 0

                              Step 5 expects what the client sent. Did the client leave out the message of step 3?

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                C: HELO  TIME
                                S: 250  TIME
                                C: DATA  TIME
                              not reached
                                C: RCPT                         <- here
                                S: 250
                                C: DATA
                            """);
        }
    }

    @Test
    void namesAllStepsThatAreLeftOut() throws IOException {
        assertThat(report("tcp:", Script.parse("C: a\nC: b\nC~ c.*\nC: d"), "d\n"))
                .contains("\n\n  Step 4 expects what the client sent. Did the client leave out the messages of steps 1,"
                        + " 2 and 3?\n\n");
    }

    @Test
    void namesTheBlock() throws IOException {
        assertThat(report("tcp:", Script.parse("@forever\nC: a\nC: b\n@end"), "b\n"))
                .contains(
                        "\n\n  Step 2 of this block expects what the client sent. Did the client leave out the message"
                                + " of step 1?\n\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    C< PING;C< QUIT                | QUIT;
                    C! 01 02;C! "QUIT"             | QUIT;
                    C< a long message;C< QUIT      | QUIT;
                    @frame until x;C< a;C< QUIT    | QUITx
                    C~ P.*;@within 1s;C: QUIT      | QUIT;
                    C~ (?<word>.*);C: b;C: ${word} | QUIT;QUIT;
                    """)
    void comparesBytesFramesAndVariables(String script, String sent) throws IOException {
        assertThat(report("tcp:", Script.parse(script.replace(';', '\n')), sent.replace(';', '\n')))
                .contains(" expects what the client sent. Did the client leave out the message of step ");
    }

    @Test
    void comparesDatagrams() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectLine("a"), expect("b"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("b");

            assertThat(Reports.of(server))
                    .contains("\n\n  Step 2 expects what the client sent. Did the client leave out");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C: PING\nC~ Q.*",
                "C: PING\nC< QUIT\\n",
                "C: PING\n@frame length 1\nC: QUIT",
                "C~ P(?<word>.*)\nC: ${word}",
                "C: PING\nC: QUITE"
            })
    void doesNotGuess(String script) throws IOException {
        assertThat(report("tcp:", Script.parse(script), "QUIT\n")).doesNotContain("Did the client leave out");
    }

    @Test
    void callsAnEmptyLineALine() throws IOException {
        assertThat(report("tcp:", Script.of(expectLine("a")), "\r\n"))
                .contains("\n\n  expected  a\n  received  (an empty line)\n            ^ byte 0\n\n  dialogue");
        assertThat(report("tcp:", Script.of(expectLine("")), "a\r\n"))
                .contains("\n\n  expected  (an empty line)\n  received  a\n            ^ byte 0\n\n  dialogue");
        assertThat(report("tcp:", Script.of(expectLineMatching("a+")), "\r\n"))
                .contains("\n\n  expected  a match of a+\n  received  (an empty line)\n            ^ more is expected"
                        + " here\n\n  dialogue");
    }

    @Test
    void callsAnEmptyFrameNothing() throws IOException {
        assertThat(report("tcp:", Script.parse("@frame length 1\nC< a"), "\0"))
                .contains("\n\n  expected  a\n  received  (nothing)\n            ^ byte 0\n\n");
    }

    private static String report(String url, Script script, String sent) throws IOException {
        try (FakeServer server = FakeServer.start(url, script);
                TestClient client = TestClient.connect(server)) {
            client.send(sent).readToEnd();

            return Reports.of(server);
        }
    }
}
