package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.Tape;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs record, replay and show. */
class TapeCommandsTest {

    private static final String CLIENT = "exec 3<>/dev/tcp/$SOCKET_HARNESS_HOST/$SOCKET_HARNESS_PORT;"
            + " printf 'TIME %s\\r\\n' ${1:-12:00} >&3; read -r answer <&3; echo ${answer%?}; exec 3>&-";

    @TempDir
    Path directory;

    private String tape;

    @BeforeEach
    void tape() {
        Program.require("bash");
        tape = directory.resolve("time.tape").toString();
    }

    private static FakeServer realServer() {
        return FakeServer.start(ServerSpec.parse("tcp:?optional=true").toBuilder()
                .script(Script.parse("C~ TIME .*\nS: it is late\n"))
                .build());
    }

    private Cli.Result record(FakeServer real, String time, String... more) throws Exception {
        String[] arguments = new String[more.length + 9];
        arguments[0] = "record";
        arguments[1] = "--to";
        arguments[2] = real.uri().toString();
        arguments[3] = tape;
        System.arraycopy(more, 0, arguments, 4, more.length);
        String[] client = {"--", "bash", "-c", CLIENT, time};
        System.arraycopy(client, 0, arguments, 4 + more.length, 5);
        return Cli.process(arguments);
    }

    private Cli.Result replay(String time, String... options) throws Exception {
        String[] arguments = new String[options.length + 8];
        arguments[0] = "replay";
        arguments[1] = tape;
        System.arraycopy(options, 0, arguments, 2, options.length);
        String[] client = {"--", "bash", "-c", CLIENT, "client", time};
        System.arraycopy(client, 0, arguments, 2 + options.length, 6);
        return Cli.process(arguments);
    }

    @Test
    void recordsAndReplays() throws Exception {
        try (FakeServer real = realServer()) {
            Cli.Result recorded = record(real, "client");
            assertThat(recorded.out()).isEqualTo("it is late\n");
            assertThat(recorded.err()).contains("socket-harness: recorded " + tape + ", 1 connection\n");
            assertThat(recorded.code()).isZero();
            assertThat(Files.readString(Path.of(tape)))
                    .startsWith("# Recorded from " + real.uri()
                            + ". To record it again: socket-harness record --force --to \"" + real.uri()
                            + "\" time.tape\n\n@connection tcp\n@eol crlf exact\nC: TIME 12:00\nS: it is late\n");
        }
        Cli.Result replayed = replay("12:00");
        assertThat(replayed.out()).isEqualTo("it is late\n");
        assertThat(replayed.code()).isZero();
        Cli.Result other = replay("13:00", "--timeout", "200ms");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err())
                .contains("C: TIME 13:00")
                .contains("Declare a part that differs with --mask.")
                .contains(" record the tape again: use socket-harness record.");
        Cli.Result masked = replay("13:00", "--mask", "\\d\\d:\\d\\d");
        assertThat(masked.out()).isEqualTo("it is late\n");
        assertThat(masked.code()).isZero();
    }

    @Test
    void recordsAgainWithForce() throws Exception {
        Files.writeString(Path.of(tape), "@connection tcp\nC: OLD\n");
        try (FakeServer real = realServer()) {
            Cli.Result result = record(real, "client", "--force", "--mask", "\\d\\d:\\d\\d");
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).contains("recorded " + tape + " again").contains("C: OLD");
            assertThat(Files.readString(Path.of(tape))).contains("C~ TIME \\d\\d:\\d\\d");
        }
    }

    @Test
    void nothingIsWrittenWithoutAClientOrWithoutTheRealServer() throws Exception {
        try (FakeServer real = realServer()) {
            Cli.Result unused = Cli.process("record", "--to", real.uri().toString(), tape, "--optional", "--", "true");
            assertThat(unused.code()).isEqualTo(1);
            assertThat(unused.err()).contains("socket-harness: no client connected: " + tape + " was not written\n");
            real.close();
            Cli.Result refused = record(real, "client");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains(tape + " was not written, because of the failure\n");
        }
        assertThat(Path.of(tape)).doesNotExist();
    }

    private void write(String content) throws IOException {
        Files.writeString(Path.of(tape), content);
    }

    @Test
    void anOutputThatIsFull() throws IOException {
        Path tape = Files.writeString(directory.resolve("full.tape"), "@connection tcp\nS: hello\n");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(full, false, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                Ansi.OFF);

        assertThat(Main.run(console, "show", tape.toString())).isEqualTo(2);
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .isEqualTo("socket-harness: the standard output cannot be written completely\n");
    }

    @Test
    void aDirectoryThatIsNotWritable() throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        assertThat(closed.toFile().setWritable(false)).isTrue();
        // root may write everywhere
        assumeThat(Files.isWritable(closed)).isFalse();
        Path tape = closed.resolve("a.tape");

        Cli.Result result = Cli.run("record", "--to", "tcp://127.0.0.1:1", tape.toString(), "--", "true");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("socket-harness: " + tape + ": the directory " + closed + " is not writable\n");
    }

    @Test
    void showsADialogue() throws IOException {
        write("@connection tcp\nC: PING\nS: PONG\n# 2.5 s later\nC~ QUIT( now)?\nS! 00 01\n@expect-end\n@close\n");

        Cli.Result result = Cli.run("show", tape);

        assertThat(result.out()).isEqualTo("""
                        time.tape

                        connection 0                          0.0 ms  opened by the client of the tape
                          C: PING                             1.0 ms
                          S: PONG                             2.0 ms
                          C: QUIT( now)?                   2503.0 ms
                          S! 00 01                         2504.0 ms
                                                           2505.0 ms  closed by the client
                        """);
        assertThat(result.code()).isZero();
    }

    @Test
    void showsDatagrams() throws IOException {
        write("@connection udp\nC! 00 01 [2 id]\nS! 00 01\n");

        assertThat(Cli.run("show", tape).out()).contains("  C: 00 01 [2 id] ").contains("  S! 00 01 ");
    }

    @Test
    void showsTheScriptOfAConnection() throws IOException {
        write("@connection tcp\nC: PING\nS: PONG\n\n@connection tcp\nC: QUIT\n");

        Cli.Result second = Cli.run("show", tape, "--as", "script", "--connection", "1");

        assertThat(second.out()).isEqualTo("C: QUIT\n");
    }

    @Test
    void writesAPageAndPackets() throws Exception {
        write("@connection tcp\nC: PING\nS: PONG\n");
        Path page = directory.resolve("time.html");
        Path packets = directory.resolve("time.pcapng");

        assertThat(Cli.run("show", tape, "--as", "html", "-o", page.toString()).code())
                .isZero();
        assertThat(Cli.run("show", tape, "--as", "pcapng", "--output", packets.toString())
                        .code())
                .isZero();

        assertThat(Files.readString(page)).contains("PONG").contains("time.tape");
        Program.require("tshark");
        assertThat(Program.run(
                        "",
                        "tshark",
                        "-r",
                        packets.toString(),
                        "-Y",
                        "tcp.len > 0",
                        "-T",
                        "fields",
                        "-e",
                        "tcp.payload"))
                .contains("50494e470d0a\n504f4e470d0a\n");
    }

    @Test
    void whatIsShownCanBeReadAgain() throws IOException {
        String connection = "@eol crlf exact\nC: PING\nS: PONG\nS< no end\n@close\n";
        write("@connection tcp\n" + connection);

        assertThat(Tape.of(Tape.read(Path.of(tape)).recording()).connection(0)).isEqualTo(connection);
        assertThat(new String(Files.readAllBytes(Path.of(tape)), StandardCharsets.UTF_8))
                .contains(connection);
    }
}
