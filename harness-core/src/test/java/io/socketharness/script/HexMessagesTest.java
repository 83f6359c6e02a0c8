package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.socketharness.FakeServer;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands between the bytes of {@code S!} and {@code C!}: text, variables, and places for bytes that are not known. */
class HexMessagesTest {

    @Test
    void sendsBackBytesCapturedFromADatagram() throws IOException {
        Script script = Script.parse("""
                C! [2 id] 01 [1] "ab" [* rest]
                S! ${rest} ff "<${id}>" ${id} ${port}
                """);
        try (FakeServer server = FakeServer.start("udp:", script);
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send((byte) 0xc3, (byte) 0x0d, (byte) 1, (byte) 2, (byte) 'a', (byte) 'b', (byte) 3, (byte) 4);

            byte[] answer = client.receiveBytes();
            assertThat(answer).startsWith(3, 4, 0xff, '<', 0xc3, 0x0d, '>', 0xc3, 0x0d);
            assertThat(new String(answer, 9, answer.length - 9, StandardCharsets.US_ASCII))
                    .isEqualTo(String.valueOf(server.port()));
            server.verify();
        }
    }

    @Test
    void nothingMayBeLeft() throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectHex("\"a\" [* rest]"), sendHex("\"<\" ${rest} \">\""));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a");

            assertThat(client.receive()).isEqualTo("<>");
            server.verify();
        }
    }

    @Test
    void takesNoMoreOfAStream() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        expectHex("01 [2 n] \"x\""),
                        sendHex("${n}"),
                        expectLine("and a line"),
                        sendLine("ok"));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("\1\0\0x").send("and a line\n");

            assertThat(client.read(6)).isEqualTo("\0\0ok\r\n");
            server.verify();
        }
    }

    /** Once its time grew with the square of the length: this took minutes. */
    @Test
    void aLongLineIsReadAtOnce() throws IOException {
        String line = "S! " + "0a ff ".repeat(100_000) + "\n@close";
        Script script = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Script.parse(line));
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readBytesToEnd())
                    .hasSize(200_000)
                    .startsWith(0x0a, 0xff)
                    .endsWith(0x0a, 0xff);
        }
    }

    @Test
    void longBase64IsReadAtOnce() throws IOException {
        byte[] content = new byte[12 << 20];
        new Random(1).nextBytes(content);
        String line = "S! base64 \"" + Base64.getEncoder().encodeToString(content) + "\"\n@close";
        Script script = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Script.parse(line));
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.readBytesToEnd()).isEqualTo(content);
        }
    }

    @Test
    void manyElementsAreReadAtOnce() {
        String line = "C! " + "base64 \"AP8=\" \"\\xfe\" 0a ".repeat(100_000);
        Script script = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Script.parse(line));

        assertThat(script).isEqualTo(Script.parse("C! " + "00fffe0a".repeat(100_000)));
    }

    @Test
    void base64IsAllowedBetweenOtherElements() throws IOException {
        Script script = Script.parse("""
                @frame length 1
                @match
                  C! [1 id] base64 "iVBORw==" "!" [*]
                  S! 00 01 base64 "iVBORw0KGgo=" ${id} base64 "AA=="
                @or
                  C! base64 "/w=="
                  S! base64 ""
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {1, -1, 6, 7, (byte) 0x89, 'P', 'N', 'G', '!'});

            assertThat(client.readBytes(14))
                    .containsExactly(0, 12, 0, 1, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 7, 0);
            server.verify();
        }
    }

    @Test
    void textIsInTheCharsetOfTheScript() throws IOException {
        Script script = Script.parse("@charset latin1\nC! \"é\" 00\nS! \"ü\"\n@close");
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0xe9, (byte) 0);

            assertThat(client.readBytesToEnd()).containsExactly(0xfc);
            server.verify();
        }
    }

    @Test
    void distinguishedByADispatcher() throws IOException {
        Script script = Script.parse("""
                @frame length 1
                @match
                  C! 01 [1 id] [*]
                  S! 81 ${id}
                @or
                  C! 02 [1 id]
                  S! 82 ${id}
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {2, 2, 7, 2, 1, 8, 4, 1, 9, 0, 0});

            assertThat(client.readBytes(9)).containsExactly(2, 0x82, 7, 2, 0x81, 8, 2, 0x81, 9);

            client.send(new byte[] {3, 2, 7, 7});
            assertThat(client.read(1)).isEmpty();
            assertThat(Reports.of(server)).contains("""
                      no case matches this message

                      expected  C! 01 [1 id] [*]
                            or  C! 02 [1 id]
                      received  02 07 07
                    """);
        }
    }

    @Test
    void aFailedMatchStoresNoVariables() throws IOException {
        Script script = Script.parse("""
                @frame length 1
                C! 01 [1 id]
                @match
                  C! 02 [1 id] 00
                @or
                  C! 02 [2]
                  S! ${id}
                @end
                """);
        try (FakeServer server = FakeServer.start("tcp:", script);
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {2, 1, 5, 3, 2, 6, 1});

            assertThat(client.readBytes(2)).containsExactly(1, 5);
        }
    }

    @Test
    void failsAtTheFirstKnownByteThatDiffers() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectHex("[2 id] 01 85 [1] 00"));
                TestClient client = TestClient.connect(server)) {
            client.send(new byte[] {0x12, 0x34, 1, (byte) 0x86});

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server)).contains("""
                      expected  .. .. 01 85 .. 00
                      received  12 34 01 86
                                         ^ byte 3
                    """);
        }
    }

    @Test
    void reportsTheLengthOfAMessageThatIsTooShortOrTooLong() throws IOException {
        assertThat(fault("[2 id] 01", 0x12)).contains("""
                  expected  .. .. 01
                  received  12
                               ^ byte 1
                """);
        assertThat(fault("[1] 01", 0x12, 0x01, 0x85)).contains("""
                  expected  .. 01
                  received  12 01 85
                                  ^ byte 2
                """);
        assertThat(fault("01 [*]", 0x02, 0x85)).contains("""
                  expected  01 ..
                  received  02 85
                            ^ byte 0
                """);
    }

    private static String fault(String expected, int... bytes) throws IOException {
        try (FakeServer server = FakeServer.start("udp:", expectHex(expected));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            byte[] datagram = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                datagram[i] = (byte) bytes[i];
            }
            client.send(datagram);
            return Reports.of(server);
        }
    }

    @Test
    void theRestOfAStreamIsRefused() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectHex("01 [*]"));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 1);

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server))
                    .contains("[*] matches the rest of a message, and on a stream only framing says where a message"
                            + " ends; put @frame before it, or use [2] for two bytes");
        }
    }

    @Test
    void reportsTheAwaitedMessage() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", expectHex("01 [2]"))) {
            TestClient.connect(server).send((byte) 1).close();

            assertThat(Reports.of(server)).contains("3 bytes");
        }
        try (FakeServer server = FakeServer.start("tcp:", expectHex("01 ${host}"))) {
            TestClient.connect(server).send((byte) 1).close();

            assertThat(Reports.of(server)).contains("the bytes 01 ${host}");
        }
    }
}
