package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.recording.Bytes;
import io.socketharness.testing.Reports;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What bounds messages of a stream, for every step that speaks of messages. */
class FramingTest {

    static Stream<Arguments> framings() {
        return Stream.of(
                Arguments.of(Framing.length(1), "\3"),
                Arguments.of(Framing.length(2), "\0\3"),
                Arguments.of(Framing.length(2, ByteOrder.LITTLE_ENDIAN), "\3\0"),
                Arguments.of(Framing.length(3), "\0\0\3"),
                Arguments.of(Framing.length(3, ByteOrder.LITTLE_ENDIAN), "\3\0\0"),
                Arguments.of(Framing.length(4), "\0\0\0\3"),
                Arguments.of(Framing.length(4).plus(4), "\0\0\0\7"),
                Arguments.of(Framing.length(1).plus(-1), "\2"),
                Arguments.of(Framing.varint(), "\3"),
                Arguments.of(Framing.ber(), "\3"),
                Arguments.of(Framing.decimal(), "3 "),
                Arguments.of(Framing.length(4, ByteOrder.LITTLE_ENDIAN), "\3\0\0\0"));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void aLengthStandsBeforeEachMessage(Framing framing, String prefix) throws IOException {
        String message = prefix + "abc";
        try (FakeServer server = FakeServer.start("tcp:", everything(framing));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte(message).send(message.repeat(4));

            assertThat(client.read(3 * message.length())).isEqualTo(message.repeat(3));
            server.verify();
        }
    }

    @Test
    void aDelimiterStandsBehindEachMessage() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", everything(Framing.until("\0\n".getBytes(StandardCharsets.UTF_8))));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("abc\0\n").send("abc\0\n".repeat(4));

            assertThat(client.read(15)).isEqualTo("abc\0\n".repeat(3));
            server.verify();
        }
    }

    @Test
    void acceptsADelimiterInHex() throws IOException {
        assertThat(Framing.untilHex("c0")).isEqualTo(Framing.until((byte) 0xc0));
        assertThatThrownBy(() -> Framing.untilHex(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the delimiter is empty; at least one byte is needed");
        assertThatThrownBy(() -> Framing.untilHex("${end}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "found ${end} where two hexadecimal digits per byte, \"text\" and base64 \"…\" are allowed; only a"
                                + " connection has variables");
        try (FakeServer server = FakeServer.start("tcp:", everything(Framing.untilHex("00 \"\\n\"")));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("abc\0\n").send("abc\0\n".repeat(4));

            assertThat(client.read(15)).isEqualTo("abc\0\n".repeat(3));
            server.verify();
        }
    }

    @Test
    void theDelimiterIsFoundInsideARowOfItsParts() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:",
                        frame(Framing.until("--x".getBytes(StandardCharsets.UTF_8))),
                        receive("m"),
                        send("${m}"));
                TestClient client = TestClient.connect(server)) {
            client.send("-----x");

            assertThat(client.read(6)).isEqualTo("-----x");
        }
    }

    @Test
    void oneMessageReachesToTheEnd() throws IOException {
        try (FakeServer server =
                        FakeServer.start("tcp:", frame(Framing.untilClose()), receive("all"), send("<${all}>"));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("a\nb").halfClose();

            assertThat(client.readToEnd()).isEqualTo("<a\nb>");
            server.verify();
        }
    }

    @Test
    void oneCanMakeOnesOwn() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", everything(new Quoted()));
                TestClient client = TestClient.connect(server)) {
            client.send("'abc'".repeat(5));

            assertThat(client.read(15)).isEqualTo("'abc'".repeat(3));
            server.verify();
        }
    }

    @Test
    void linesStayLines() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", frame(Framing.length(1)), expectLine("a"), sendLine("b"), unframed(), send("c"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\n");

            assertThat(client.read(4)).isEqualTo("b\r\nc");
            server.verify();
        }
    }

    @Test
    void aMessageThatDoesNotFitItsLengthIsRefused() {
        assertThatThrownBy(() -> Framing.length(1).frame(new byte[256]))
                .hasMessage("a message of 256 bytes is too long: 256 does not fit a length of 1 byte");
        assertThatThrownBy(() -> Framing.length(2).plus(2).frame(new byte[65534]))
                .hasMessage("a message of 65534 bytes is too long: 65536 does not fit a length of 2 bytes");
        assertThatThrownBy(() -> Framing.varint().plus(1 << 28).frame(new byte[0]))
                .hasMessage("a message of 0 bytes is too long: 268435456 does not fit a length of 4 bytes with 7"
                        + " bits each");
        assertThatThrownBy(() -> Framing.length(4).after(2).plus(-3).frame(new byte[4]))
                .hasMessage("a message of 4 bytes is too short for the framing length 4 after 2 plus -3: at least 5 are"
                        + " needed");
        assertThatThrownBy(() -> Framing.ber().after(1).frame(new byte[0]))
                .hasMessage(
                        "a message of 0 bytes is too short for the framing length ber after 1: at least 1 are needed");
    }

    @Test
    void aLengthMayStandBehindTheFirstBytes() throws IOException {
        try (FakeServer server = FakeServer.start(
                        "tcp:", everything(Framing.length(4).after(1).plus(4)));
                TestClient client = TestClient.connect(server)) {
            client.sendByteByByte("a\0\0\0\6bc").send("a\0\0\0\6bc".repeat(4));

            assertThat(client.read(21)).isEqualTo("a\0\0\0\6bc".repeat(3));
            server.verify();
        }
    }

    static Stream<Arguments> lengths() {
        return Stream.of(
                Arguments.of(Framing.varint(), 127, "7f"),
                Arguments.of(Framing.varint(), 128, "80 01"),
                Arguments.of(Framing.varint(), 16_384, "80 80 01"),
                Arguments.of(Framing.varint(), 0, "00"),
                Arguments.of(Framing.ber(), 127, "7f"),
                Arguments.of(Framing.ber(), 128, "81 80"),
                Arguments.of(Framing.ber(), 256, "82 01 00"),
                Arguments.of(Framing.ber(), 65_536, "83 01 00 00"),
                Arguments.of(Framing.ber(), 0, "00"),
                Arguments.of(Framing.decimal(), 1_234, "31 32 33 34 20"),
                Arguments.of(Framing.decimal(), 0, "30 20"));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aLengthMayBeAsLongAsItMust(Framing framing, int size, String prefix) throws IOException {
        byte[] message = "x".repeat(size).getBytes(StandardCharsets.UTF_8);
        try (FakeServer server = FakeServer.start(
                        "tcp:", frame(framing), receive("all"), send("${all}"), unframed(), send("."));
                TestClient client = TestClient.connect(server)) {
            client.send(Bytes.parseHex(prefix).toByteArray()).send(message);

            byte[] framed = client.readBytes(Bytes.parseHex(prefix).size() + size);
            assertThat(Bytes.of(framed).hex()).startsWith(prefix);
            assertThat(framed).endsWith(message);
            assertThat(client.read(1)).isEqualTo(".");
        }
    }

    static Stream<Arguments> noLengths() {
        return Stream.of(
                Arguments.of(
                        Framing.varint(),
                        "80 80 80 80",
                        "the client sent a length of more than 4 bytes, where a varint has up to 4"),
                Arguments.of(
                        Framing.ber(),
                        "80",
                        "the client sent 80 as the first byte of a length in BER; 00 to 7f are allowed, or 81 to 84"
                                + " followed by 1 to 4 bytes"),
                Arguments.of(
                        Framing.decimal(),
                        "31 3c",
                        "the client sent \"1<\" where a length of 1 to 10 digits and a space is expected"),
                Arguments.of(
                        Framing.decimal(),
                        "20",
                        "the client sent \" \" where a length of 1 to 10 digits and a space is expected"),
                Arguments.of(
                        Framing.decimal(),
                        "31 31 31 31 31 31 31 31 31 31 31",
                        "the client sent \"11111111111\" where a length of 1 to 10 digits and a space is expected"),
                Arguments.of(
                        Framing.length(2).plus(2),
                        "00 01",
                        "the client announced a length of 1, where at least 2 is expected, because it counts 2 more"
                                + " than the bytes after it"),
                Arguments.of(
                        Framing.ber(),
                        "84 ff ff ff ff",
                        "the client announced a message of 4294967295 bytes; up to 1048576 are allowed, which"
                                + " messageLimit can set"));
    }

    @ParameterizedTest
    @MethodSource("noLengths")
    void anInvalidLengthFails(Framing framing, String bytes, String message) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:", frame(framing), receive(""));
                TestClient client = TestClient.connect(server)) {
            client.send(Bytes.parseHex(bytes).toByteArray());

            assertThat(client.readToEnd()).isEmpty();
            assertThat(Reports.of(server)).contains(message);
        }
    }

    /** Five messages "abc", three of which are answered with the same. */
    private static Behaviour everything(Framing framing) {
        return Script.of(
                frame(framing),
                expect("abc"),
                expect("abc".getBytes(StandardCharsets.UTF_8)),
                receive("id"),
                send("${id}"),
                reply(message -> message),
                match(when(expect("xyz"), close()), when(expect("abc"), send("abc".getBytes(StandardCharsets.UTF_8)))));
    }

    private static final class Quoted implements Framing {
        @Override
        public byte[] receive(Connection connection) {
            connection.receiveUntil((byte) '\'');
            return connection.receiveUntil((byte) '\'');
        }

        @Override
        public byte[] frame(byte[] message) {
            return ("'" + new String(message, StandardCharsets.UTF_8) + "'").getBytes(StandardCharsets.UTF_8);
        }
    }
}
