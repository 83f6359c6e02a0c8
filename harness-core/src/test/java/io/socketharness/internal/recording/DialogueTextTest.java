package io.socketharness.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DialogueTextTest {

    @Test
    void theTimesStandInOneColumnBesideLongLinesToo() throws Exception {
        String dialogue = dialogueOf("""
                S: short
                S: a line that is longer than the usual column
                """);

        assertThat(dialogue).isEqualTo("""
                connection 0                                              T  opened by CLIENT
                  S: short                                                T
                  S: a line that is longer than the usual column          T
                                                                          T  closed by the client""");
    }

    @Test
    void aVeryLongLineDoesNotPushTheTimesOfTheOthers() throws Exception {
        String dialogue = dialogueOf("S: short\nS: " + "long ".repeat(20) + "\n");

        assertThat(dialogue).isEqualTo("""
                connection 0                               T  opened by CLIENT
                  S: short                                 T
                  S: %s          T
                                                           T  closed by the client""".formatted("long ".repeat(20)));
    }

    @Test
    void messagesOfOneWriteHaveOneTime() throws Exception {
        String script = """
                @frame length 1
                @batch
                  S: a line
                  S< one
                  S! 01 02
                  S! 03
                @end
                @batch
                  S: in another write
                  S: and in the same
                @end
                """;
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.readBytes(52);
            server.verify();

            assertThat(masked(server.recording().awaitExchange(0))).isEqualTo("""
                    connection 0                               T  opened by CLIENT
                      S: a line                                T
                      S< one                                   +
                      S! 01 02                                 +
                      S! 03                                    +
                      S: in another write                      T
                      S: and in the same                       +""");
        }
    }

    @Test
    void oneSendOfSeveralLinesHasOneTimeAndSeveralSendsHaveSeveral() throws Exception {
        assertThat(dialogueOf("S< short\\r\\nlong\\r\\nrest")).isEqualTo("""
                connection 0                               T  opened by CLIENT
                  S: short                                 T
                  S: long                                  +
                  S< rest                                  +
                                                           T  closed by the client""");
        assertThat(dialogueOf("S: short\nS: long\nS< rest")).isEqualTo("""
                connection 0                               T  opened by CLIENT
                  S: short                                 T
                  S: long                                  T
                  S< rest                                  T
                                                           T  closed by the client""");
    }

    @Test
    void lineThatBeginsInAWriteAndEndsInTheNextHasTheTimeOfItsEnd() throws Exception {
        assertThat(dialogueOf("S< short\\r\\nlo\nS< ng\\r\\nmore\\r\\n")).isEqualTo("""
                connection 0                               T  opened by CLIENT
                  S: short                                 T
                  S: long                                  T
                  S: more                                  +
                                                           T  closed by the client""");
    }

    @Test
    void linesOfOneReadHaveOneTime() throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C: a\nC: b\nS: ok\nC: c"))) {
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.send("a\nb\n").readLine()).isEqualTo("ok\r\n");
                client.send("c\n");
            }

            assertThat(masked(server.recording().awaitExchange(0).awaitEnd())).isEqualTo("""
                    connection 0                               T  opened by CLIENT
                      C: a                                     T
                      C: b                                     +
                      S: ok                                    T
                      C: c                                     T
                                                               T  closed by the client""");
        }
    }

    @Test
    void eachDatagramHasItsTime() throws Exception {
        try (FakeServer server = FakeServer.start("udp:", Script.parse("C: a\nS: b\nS: c"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a").receive();
            client.receive();

            assertThat(masked(server.recording().awaitExchange(0))).isEqualTo("""
                    connection 0                               T  opened by CLIENT
                      C: a                                     T
                      S: b                                     T
                      S: c                                     T""");
        }
    }

    private static String dialogueOf(String script) throws Exception {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script))) {
            try (TestClient client = TestClient.connect(server)) {
                server.verify(); // waits until the script is complete
                assertThat(client.halfClose().readToEnd()).startsWith("short");
            }
            return masked(server.recording().awaitExchange(0).awaitEnd());
        }
    }

    /** With a mark in place of each time, which is ten characters wide, and of the client's address. */
    private static String masked(Exchange exchange) {
        return Pattern.compile("[0-9.]+ ms")
                .matcher(exchange.toString())
                .replaceAll(time -> " ".repeat(time.group().length() - 1) + "T")
                .replaceAll("127.0.0.1:\\d+", "CLIENT");
    }
}
