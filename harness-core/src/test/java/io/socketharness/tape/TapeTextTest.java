package io.socketharness.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Script;
import io.socketharness.script.ScriptSyntaxException;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text and the files of tapes. */
class TapeTextTest {

    @Test
    void keepsWhatIsEdited() {
        String text = """
                # Reviewed by hand.

                @connection tcp
                # a comment
                  C: GET   # no comment here
                S! 00 01 # two bytes
                @match
                  C~ (?<name>.*)
                  S: ${name}
                @end

                @connection
                """;

        assertThat(Tape.parse(text)).hasToString(text).isEqualTo(Tape.parse(text));
        assertThat(Tape.parse(text).mask("\\d{7}").redact("secret")).hasToString(text);
        assertThat(Tape.parse(text).size()).isEqualTo(2);
        assertThat(Tape.parse(text).connection(1)).isEmpty();
        assertThat(Tape.parse("").size()).isZero();
    }

    @Test
    void aConnectionIsAScript() {
        Tape tape = Tape.parse("@connection tcp\nC: PING\nS: PONG\n");

        assertThat(tape.connection(0)).isEqualTo("C: PING\nS: PONG\n");
        assertThat(Script.parse(tape.connection(0))).isEqualTo(Script.parse("C: PING\nS: PONG"));
    }

    @Test
    void errorsHaveTheLineOfTheTape() {
        assertThatThrownBy(() -> Tape.parse("# head\n\n@connection tcp\nC: a\n\n@connection tcp\nC: b\nwhat\n"))
                .isInstanceOf(ScriptSyntaxException.class)
                .hasMessageStartingWith("script line 8: \"what\" does not begin with S:");
        assertThatThrownBy(() -> Tape.parse("# head\nC: a\n"))
                .hasMessage("script line 2: found \"C: a\" before the first @connection; a tape has a script for each"
                        + " connection, below a line @connection");
        assertThatThrownBy(() -> Tape.parse("@connection tpc\nC: a\n"))
                .hasMessage("script line 1: found \"tpc\" after @connection; did you mean tcp?");
        assertThatThrownBy(() -> Tape.parse("@connection what is this\n"))
                .hasMessage(
                        "script line 1: found \"what is this\" after @connection; the transport is allowed, which is"
                                + " one of tcp, tls, unix, udp, dtls, udg");
        assertThatThrownBy(() -> Script.parse("@connection tcp\nC: a"))
                .hasMessageContaining("@connection begins a connection of a tape; read a tape with Tape.parse");
        assertThatThrownBy(() -> Tape.parse("@connection\nC: a").mask("(a"))
                .hasMessage("mask \"(a\" is not a regular expression: Unclosed group at 3");
        assertThatThrownBy(() -> Tape.parse("@connection\nC: a").redact("[a"))
                .hasMessage("redact \"[a\" is not a regular expression: Unclosed character class at 2");
    }

    @Test
    void theTransportMustFit() {
        assertThatThrownBy(() -> FakeServer.start("tcp:", Tape.parse("@connection udp\nC: a\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tape was recorded over udp, with datagrams; replay it over udp, dtls or udg, not tcp");
        assertThatThrownBy(() -> FakeServer.start("udp:", Tape.parse("@connection tls\nC: a\n")))
                .hasMessage("the tape was recorded over tls, a stream; replay it over tcp, tls or unix, not udp");
        assertThatThrownBy(() -> ServerSpec.builder("tcp")
                        .tape(Tape.parse(""))
                        .script(Script.parse("S: a"))
                        .build())
                .hasMessage("found a tape and scripts; a server replays a tape, or runs scripts: use"
                        + " Script.parse(tape.connection(0)) for a connection of a tape among scripts");
    }

    @Test
    void filesAreReplacedInOneMove(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("some/where/a.tape");
        Tape.parse("@connection\nC: ä\n").write(file);
        Tape.parse("@connection\nC: ö\n").write(file);

        assertThat(file).hasContent("@connection\nC: ö\n");
        assertThat(Tape.read(file)).isEqualTo(Tape.parse("@connection\nC: ö\n"));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        Files.write(file, new byte[] {'#', (byte) 0xff});
        assertThatThrownBy(() -> Tape.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not a tape: it is not text in UTF-8");
    }

    @Test
    void binaryContentIsCompact() throws IOException {
        byte[] much = new byte[2000];
        new Random(1).nextBytes(much);
        much[0] = 0;
        Tape tape;
        try (FakeServer server = FakeServer.start(
                        "tcp:", Script.parse("C! 00 01 02\nS! " + Bytes.of(much).hex()));
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0, (byte) 1, (byte) 2);
            client.readBytes(2000);
            server.verify();
            tape = Tape.of(server.recording());
        }

        assertThat(tape.connection(0).lines())
                .startsWith("C! 00 01 02", "S! base64 \"" + base64(much, 0, 768) + "\"")
                .hasSize(4);
        assertThat(tape.toString()).hasSizeLessThan(2000 * 3 / 2);
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            client.send((byte) 0, (byte) 1, (byte) 2);
            assertThat(client.readBytes(2000)).isEqualTo(much);
            server.verify();
        }
    }

    private static String base64(byte[] bytes, int from, int to) {
        return Base64.getEncoder()
                .encodeToString(Bytes.of(bytes).slice(from, to).toByteArray());
    }

    @Test
    void anIncompleteRecordingIsRefused() throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?recordingLimit=10", Script.parse("C~ .*"));
                TestClient client = TestClient.connect(server)) {
            client.send("a longer line\r\n");
            server.verify();

            assertThatThrownBy(() -> Tape.of(server.recording()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            server.uri() + ", connection 0 cannot be replayed: the limit of the recording was reached"
                                    + " and not all bytes are kept; set a higher recordingLimit");
        }
    }

    @Test
    void lineEndsAreExact() throws IOException {
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("@eol lf\nC: a\nS: b\nC: c\nS< d\\r\\n"));
                TestClient client = TestClient.connect(server)) {
            client.send("a\n");
            client.readLine();
            client.send("c\r\n");
            client.readLine();
            server.verify();
            tape = Tape.of(server.recording());
        }

        assertThat(tape.connection(0)).isEqualTo("@eol lf exact\nC: a\nS: b\nC< c\\r\\n\nS< d\\r\\n\n");
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            client.send("a\r\n");
            assertThatThrownBy(server::verify).hasMessageContainingAll("expected  a\\n", "received  a\\r\\n");
        }
    }

    @Test
    void whiteSpaceAtTheEndIsVisible() throws IOException {
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", Script.parse("C~ .*\nS: b \t"));
                TestClient client = TestClient.connect(server)) {
            client.send("a \r\n").readLine();
            server.verify();
            tape = Tape.of(server.recording());
        }
        assertThat(tape.connection(0)).isEqualTo("@eol crlf exact\nC< a \\r\\n\nS< b \\t\\r\\n\n");
        try (FakeServer server = FakeServer.start("udp:", Script.parse("C~ .*\nS< b\\x20"));
                TestClient.Udp client = TestClient.Udp.connect(server)) {
            client.send("a ").receive();
            server.verify();
            tape = Tape.of(server.recording());
        }
        assertThat(tape.connection(0)).isEqualTo("C< a\\x20\nS< b\\x20\n");
    }

    @Test
    void textOfSeveralLanguagesIsReadable() throws IOException {
        String line = "  führt ${x} \\n 日本";
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", io.socketharness.script.Behaviours.reply(word -> word));
                TestClient client = TestClient.connect(server)) {
            client.send(line + "\r\n");
            client.readLine();
            server.verify();
            tape = Tape.of(server.recording());
        }

        assertThat(tape.connection(0)).contains("C: ${}  führt $${x} \\n 日本");
        try (FakeServer server = FakeServer.start("tcp:", tape);
                TestClient client = TestClient.connect(server)) {
            client.send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            assertThat(client.readLine()).isEqualTo(line + "\r\n");
            server.verify();
        }
    }

    @Test
    void onlySpacesAndTabsAreStripped() {
        Tape tape = Tape.parse("@connection\n \tC: \u3000a1\u3000\n");

        assertThat(tape.mask("\\d").connection(0)).isEqualTo("C~ \u3000a\\d\u3000\n");
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThat(Tape.parse("\uFEFF# A tape\r\n@connection\r\nC: \uFEFFa\r\n"))
                .isEqualTo(Tape.parse("# A tape\n@connection\nC: \uFEFFa\n"));
    }

    @Test
    void aSymbolicLinkStays(@TempDir Path directory) throws IOException {
        Path target = Files.writeString(directory.resolve("target.tape"), "");
        Path link = Files.createSymbolicLink(directory.resolve("link.tape"), target);
        Tape.parse("@connection\n").write(link);
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("@connection\n");

        Files.delete(target);
        Tape.parse("@connection tcp\n").write(link);
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("@connection tcp\n");
    }

    @Test
    void onlyRegularFilesAreReplaced(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> Tape.parse("").write(directory))
                .isInstanceOf(IOException.class)
                .hasMessage(directory + ": not a regular file; choose another name for the tape");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileMayHaveTheLongestName(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("x".repeat(250) + ".tape");
        Tape.parse("@connection\n").write(file);
        assertThat(file).hasContent("@connection\n");
    }
}
