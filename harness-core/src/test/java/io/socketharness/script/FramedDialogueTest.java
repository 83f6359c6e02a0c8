package io.socketharness.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Exchange;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The dialogue shows a framed message in one line, as the script writes it. */
class FramedDialogueTest {

    @Test
    void framesWithALengthAreShownAsTheirMessages() throws IOException {
        String script = """
                @frame length 2
                S< hello
                C< PING
                C! 01 0a 02
                S! 03 04
                S< one
                S< two
                """;
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {0, 4, 'P', 'I', 'N', 'G', 0, 3, 1, 10, 2}).halfClose();
            client.readToEnd();
            server.verify();

            Exchange exchange = server.recording().exchanges().get(0);
            assertThat(Reports.normal(exchange.dialogue("dialogue"))).isEqualTo("""
                            dialogue  TIME  opened by 127.0.0.1:PORT
                              S< hello  TIME
                              C< PING  TIME
                              C! 01 0a 02  TIME
                              S! 03 04  TIME
                              S< one  TIME
                              S< two  TIME
                              TIME  closed by the client""");
        }
    }

    @Test
    void theScriptOfTheRecordingHasTheBytes() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("@frame length 1\nC< ab\nS! 01"));
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {2, 'a', 'b'}).halfClose();
            assertThat(client.readToEnd()).hasSize(2);
            server.verify();

            assertThat(server.recording().exchanges().get(0).toScript()).contains("C! 02 61 62", "S! 01 01");
        }
    }

    @Test
    void delimitedMessagesAndPartsOfAFrame() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("@frame until \\0\nC< ab\nS< yes\nC< cd"));
                TestClient client = TestClient.connect(server)) {
            client.send("ab\0c").halfClose();
            client.readToEnd();

            assertThat(Reports.of(server)).contains("    C< ab  TIME\n", "    S< yes  TIME\n", "C< c  TIME\n");
        }
    }

    @Test
    void aMessageThatWasPutBackIsShownAsItWasReceived() throws IOException {
        String script = """
                @frame length 1
                @maybe
                  C< no
                @end
                @frame until ;
                C< \\x03abcde
                @frame length 1
                @maybe
                  C< no
                @end
                @frame none
                C~ !a linex*
                """;
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.send("\003abcde;!a line" + "x".repeat(40) + "\n").halfClose();
            client.readToEnd();
            server.verify();

            assertThat(Reports.normal(server.recording().exchanges().get(0).dialogue("dialogue")))
                    .contains("C< \\x03abcde  TIME\n", "C: !a line" + "x".repeat(40));
        }
    }

    @Test
    void webSocketFramesAreShownAsBytesSinceTheyAreMasked() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", Script.parse("@frame websocket\nC! 81 \"hi\"\nS! 81 \"ho\""));
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {(byte) 0x81, (byte) 0x82, 1, 1, 1, 1, 'h' ^ 1, 'i' ^ 1})
                    .halfClose();
            client.readToEnd();
            server.verify();

            assertThat(Reports.normal(server.recording().exchanges().get(0).dialogue("dialogue")))
                    .contains("C! 81 82 01 01 01 01 69 68  TIME", "S! 81 02 68 6f  TIME");
        }
    }

    @Test
    void aMessageThatNoCaseTakesIsInHexBesideCasesInHex() throws IOException {
        String script = """
                @frame length 1
                @match
                  C! 41 42
                  S! 01
                @end
                """;
        try (FakeServer server = FakeServer.start("tcp:", Script.parse(script));
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {2, 'X', 'Y'}).readToEnd();

            assertThat(Reports.of(server))
                    .contains("no case matches this message\n\n  expected  C! 41 42\n  received  58 59\n");
        }
    }
}
