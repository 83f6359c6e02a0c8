package io.socketharness.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The advice about input after the last step of a script. */
class SurplusTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String AGAIN =
            "The client sent the message of step 1 again. If it may, put the steps into" + " @forever or @repeat 2.";
    private static final String TOGETHER =
            "It came together with the message of step 1. Is that message longer than the script expects?";
    private static final String OTHER = "Add a step that expects it, or end the script with @close or @discard.";

    @Test
    void saysThatTheFirstMessageCameAgain() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("S: 220\nC: PING\nS: PONG"));
                TestClient client = TestClient.connect(server)) {
            client.readLine();
            client.send("PING\n").readLine();
            client.send("PING\n").readToEnd();

            assertThat(Reports.of(server)).isEqualTo("""
                            tcp://127.0.0.1:PORT, connection 0: failed after the last step

                              the client sent more than the script expects

                              received  PING\\n

                              The client sent the message of step 2 again. If it may, put the steps into @forever or @repeat 2.

                              dialogue  TIME  opened by 127.0.0.1:PORT
                                S: 220  TIME
                                C: PING  TIME
                                S: PONG  TIME
                                C: PING  TIME
                            """);
        }
    }

    @Test
    void saysThatTheFirstMessageOfAScriptForOneConnectionCameAgain() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:")) {
            server.enqueue(Script.parse("C: PING\nS: PONG"));
            try (TestClient client = TestClient.connect(server)) {
                client.send("PING\n").readLine();
                client.send("PING\n").readToEnd();
            }

            assertThat(Reports.of(server)).contains("\n\n  " + AGAIN + "\n\n");
        }
    }

    @Test
    void saysThatTheSurplusCameWithTheLastMessage() throws IOException {
        assertThat(report("C< {\"a\":1}", "{\"a\":1}}")).isEqualTo("""
                        tcp://127.0.0.1:PORT, connection 0: failed after the last step

                          the client sent more than the script expects

                          received  }

                          It came together with the message of step 1. Is that message longer than the script expects?

                          dialogue  TIME  opened by 127.0.0.1:PORT
                            C< {"a":1}}  TIME
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    C~ P.*         | PING;PING;     | again
                    C! "PING"      | PINGPING       | again
                    C! "PING"      | PINGPONG       | together
                    C: PING        | PING;PONG;     | other
                    C~ P.*         | PING;PONG;     | other
                    @receive 4     | PINGPONG       | other
                    @repeat 1;C: PING;@end  | PING;PING;  | other
                    C: PING;@maybe;C: PONG;@end | PING;PING; | again
                    """)
    void tellsThemApart(String script, String sent, String advice) throws IOException {
        String expected = advice.equals("again") ? AGAIN : advice.equals("together") ? TOGETHER : OTHER;

        assertThat(report(script.replace(';', '\n'), sent.replace(';', '\n'))).contains("\n\n  " + expected + "\n\n");
    }

    @Test
    void saysOfTheLastMessageOnlyIfTheSurplusCameInTheSameRead() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C< PING\nS: PONG"));
                TestClient client = TestClient.connect(server)) {
            client.send("PING").readLine();
            client.send("MORE").readToEnd();

            assertThat(Reports.of(server)).contains("\n\n  " + OTHER + "\n\n");
        }
    }

    @Test
    void comparesDatagrams() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", Script.parse("C: PING\nS: PONG"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("PING");
            client.receive();
            client.send("PING");
            server.recording()
                    .awaitExchange(0)
                    .await(one -> one.receivedDatagrams().size() == 2, TIMEOUT);

            assertThat(Reports.of(server)).contains("\n\n  " + AGAIN + "\n\n");
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
