package io.socketharness.tape;

import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forwardTo;
import static io.socketharness.script.Behaviours.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Script;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Masks of parts of binary messages, whose values the server repeats. */
class BinaryMaskTest {

    @Test
    void aShortValueIsRepeatedAtTheSamePosition() throws IOException {
        Script real = Script.parse("C! [2 id] 01 ff 00\nS! ${id} 80 ff 00");
        Tape tape;
        try (FakeServer behind = FakeServer.start("udp:", real);
                FakeServer server =
                        FakeServer.start("udp:", forwardTo(behind.uri().toString()))) {
            // the identifier is also a letter in UTF-8
            assertThat(ask(server, "c3 a9 01 ff 00")).isEqualTo("c3 a9 80 ff 00");
            tape = Tape.of(server.recording()).mask("(?s)\\A(?<id>..)");
        }
        assertThat(tape.connection(0)).isEqualTo("C! [2 id] 01 ff 00\nS! ${id} 80 ff 00\n");

        try (FakeServer server = FakeServer.start("udp:", tape)) {
            assertThat(ask(server, "0d 0a 01 ff 00")).isEqualTo("0d 0a 80 ff 00");
            server.verify();
            assertThat(Tape.of(server.recording()).mask("(?s)\\A(?<id>..)")).isEqualTo(tape);
        }
    }

    private static String ask(FakeServer server, String hex) throws IOException {
        try (TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send(Bytes.parseHex(hex).toByteArray());
            return Bytes.of(client.receiveBytes()).hex();
        }
    }

    @Test
    void aLongValueIsRepeatedAnywhere() throws IOException {
        Script real = Script.parse("C! 00 08 [4 time] 00 ff\nS! 00 09 ff ${time} e9 00 08");
        Tape tape;
        try (FakeServer behind = FakeServer.start("tcp:", real);
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(behind.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            client.send(Bytes.parseHex("00 08 e8 01 02 e9 00 ff").toByteArray());
            assertThat(Bytes.of(client.readBytes(10)).hex()).isEqualTo("00 09 ff e8 01 02 e9 e9 00 08");
            tape = Tape.of(server.recording()).mask("(?s)\\A..(?<time>.{4})");
        }
        assertThat(tape.connection(0)).isEqualTo("C! 00 08 [4 time] 00 ff\nS! 00 09 ff ${time} e9 00 08\n");
    }

    @Test
    void aLargeMessageHasLinesOfBase64() throws IOException {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        Script real = Script.of(expectLine("GET"), send("cookie=s3cret\r\n"), send(large), close());
        Tape tape;
        try (FakeServer behind = FakeServer.start("tcp:", real);
                FakeServer server =
                        FakeServer.start("tcp:", forwardTo(behind.uri().toString()));
                TestClient client = TestClient.connect(server)) {
            client.send("GET\r\n").readBytesToEnd();
            tape = Tape.of(server.recording()).redact("cookie=(.*)");
        }
        List<String> lines = tape.connection(0).lines().toList();
        assertThat(lines)
                .hasSizeGreaterThan(300_000 / 768)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(1100));
        assertThat(lines.get(2)).isEqualTo("S! \"cookie=\" \"******\"");
        assertThat(Tape.parse(tape.toString())).isEqualTo(tape);

        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            assertThat(client.send("GET\r\n").readBytesToEnd()).endsWith(large).hasSize(300_015);
            server.verify();
        }
    }
}
