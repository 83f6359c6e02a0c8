package io.socketharness.script;

import static io.socketharness.script.Behaviours.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
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
                Arguments.of(Framing.length(4), "\0\0\0\3"),
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
            client.sendByteByByte("a\nb").closeOutput();

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
                .hasMessage("a message of 256 bytes does not fit a length of 1 byte");
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
            byte[] unused = connection.receiveUntil((byte) '\'');
            return connection.receiveUntil((byte) '\'');
        }

        @Override
        public byte[] frame(byte[] message) {
            return ("'" + new String(message, StandardCharsets.UTF_8) + "'").getBytes(StandardCharsets.UTF_8);
        }
    }
}
