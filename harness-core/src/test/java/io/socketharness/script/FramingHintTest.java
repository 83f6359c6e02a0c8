package io.socketharness.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.internal.script.text.Hex;
import io.socketharness.recording.Bytes;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report names the framing that the received bytes fit, if the script uses another one. */
class FramingHintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2           | 05 00 "hello"       | 2 bytes, little-endian | 2 little
                    2 little    | 00 05 "hello"       | 2 bytes, big-endian    | 2
                    4           | 05 00 00 00 "hello" | 4 bytes, little-endian | 4 little
                    4           | 05 "hello"          | 1 byte                 | 1
                    4           | 00 05 "hello"       | 2 bytes, big-endian    | 2
                    2           | 00 00 05 "hello"    | 3 bytes, big-endian    | 3
                    2           | 00 00 00 05 "hello" | 4 bytes, big-endian    | 4
                    1           | 00 05 "hello"       | 2 bytes, big-endian    | 2
                    varint      | 00 05 "hello"       | 2 bytes, big-endian    | 2
                    """)
    void namesTheLengthThatFits(String script, String hex, String words, String fits) throws IOException {
        assertThat(report("@frame length " + script + "\nC< hello", Hex.bytes(hex)))
                .contains("\n\n  The prefix fits a length of " + words + ": use @frame length " + fits + ".\n\n");
    }

    @Test
    void namesADecimalLength() throws IOException {
        assertThat(report("@frame length 4\n@receive", Hex.bytes("\"5 hello\"")))
                .contains("  The prefix fits a decimal length and a space: use @frame length decimal.\n");
    }

    @Test
    void namesTheLengthThatFitsTheMessageOfADispatcher() throws IOException {
        assertThat(report("@frame length 2\n@match\n  C< hello\n@end", Hex.bytes("00 00 00 05 \"hello\"")))
                .contains("no case matches this message")
                .contains("  The prefix fits a length of 4 bytes, big-endian: use @frame length 4.\n");
    }

    @Test
    void namesTheLengthThatFitsWhileTheClientWaits() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=100ms", Script.parse("@frame length 2\nC< hello"));
                TestClient client = TestClient.connect(server)) {
            Bytes message = Hex.bytes("05 00 \"hello\"");
            client.send(message.toByteArray());
            server.recording().awaitExchange(0).awaitReceived("hello");

            assertThat(Reports.of(server)).startsWith("""
                            tcp://127.0.0.1:PORT, connection 0: step 2 of 2 failed

                              "hello" did not arrive within 100 ms; 7 bytes of 1282 arrived

                              The prefix fits a length of 2 bytes, little-endian: use @frame length 2 little.

                            """);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2         | 05 00 "hel"
                    2         | 05 00 "hello!"
                    2         | 00 05 "hell"
                    2         | 00 05 "world"
                    2         | 05
                    2 after 1 | 05 "hello"
                    """)
    void namesNothingWithoutAnExactFit(String script, String hex) throws IOException {
        assertThat(report("@frame length " + script + "\nC< hello", Hex.bytes(hex)))
                .doesNotContain("fits");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    length 2               | 00 05 "hello"
                    length 2               | 00 06 "hello" 0a
                    length 4 after 1 plus 4 | "Q" 00 00 00 09 "hello"
                    until \\0              | "hello" 00
                    """)
    void saysThatALineIsReadWhereTheClientSendsAFrame(String frame, String hex) throws IOException {
        assertThat(report("@frame " + frame + "\nC: hello", Hex.bytes(hex)))
                .contains("\n\n  The client sent a message of @frame " + frame
                        + ", but C: reads a line: use C< or C!.\n\n");
    }

    @Test
    void saysNothingOfAFrameIfTheClientSendsALine() throws IOException {
        assertThat(report("@frame length 2\nC: hello", Hex.bytes("\"world\" 0a")))
                .doesNotContain("@frame length 2,");
        assertThat(report("C: hello", Hex.bytes("00 05 \"hello\""))).doesNotContain("C: reads");
    }

    private static String report(String script, Bytes sent) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.send(sent.toByteArray()).halfClose().readToEnd();
            return Reports.of(server);
        }
    }
}
