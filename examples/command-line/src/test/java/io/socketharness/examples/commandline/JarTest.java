package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar, without anything beside it. */
class JarTest {

    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void isSmallEnoughToDownload() throws Exception {
        assertThat(Files.size(Repository.jar())).isLessThanOrEqualTo(12 * MEBIBYTE);
    }

    @Test
    void hasAVersion() throws Exception {
        Cli.Result result = new Cli(directory).run("--version");

        assertThat(result.output()).startsWith("socket-harness ").doesNotContain("null");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void checksAScript() throws Exception {
        Cli.Result result =
                new Cli(directory).script("ping.script", "C: PING\nS: PONG").run("check", "ping.script");

        assertThat(result).isEqualTo(new Cli.Result(0, "ping.script: ok, 2 steps" + System.lineSeparator(), ""));
    }

    @Test
    void theReadyFileExistsWhileTheServerIsReady() throws Exception {
        Cli.Result result = new Cli(directory)
                .script("ping.script", "S: hello")
                .run("serve", "ping.script", "--optional", "--ready-file", "ready", "--", "cat", "ready");

        assertThat(result.output()).startsWith("ready tcp://127.0.0.1:");
        assertThat(result.messages()).startsWith(result.output());
        assertThat(directory.resolve("ready")).doesNotExist();
    }

    @Test
    void theReadyFileOfAProgramThatWasKilledIsDeleted() throws Exception {
        Files.writeString(directory.resolve("ready"), "ready tcp://127.0.0.1:2525\n");
        Cli.Result result = new Cli(directory).run("serve", "--host", "192.0.2.1", "--ready-file", "ready");

        assertThat(result.messages()).contains("192.0.2.1");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(directory.resolve("ready")).doesNotExist();
    }

    @Test
    void aWrongDefaultHostIsRefused() throws Exception {
        Cli.Result result = new Cli(directory)
                .run(
                        List.of(Repository.java(), "-jar", Repository.jar().toString(), "serve"),
                        Map.of("SOCKET_HARNESS_DEFAULT_HOST", "no host"));

        assertThat(result.messages())
                .isEqualTo(
                        "socket-harness: SOCKET_HARNESS_DEFAULT_HOST: host \"no host\" is not valid; use a name, or an"
                                + " address without brackets, such as localhost, 127.0.0.1 or ::1"
                                + System.lineSeparator());
        assertThat(result.exitCode()).isEqualTo(2);
    }

    /** The library for datagrams over Unix sockets is in the jar. */
    @Test
    void servesDatagramsOverUnixSockets() throws Exception {
        Program.require("python3");
        Cli.Result result = new Cli(directory)
                .script("time.script", "C: time?\nS: 12:00")
                .run("serve", "time.script", "--transport", "udg", "--", "python3", "-c", """
                        import os, socket
                        client = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                        client.bind("client.sock")
                        client.connect(os.environ["SOCKET_HARNESS_PATH"])
                        client.send(b"time?")
                        print(client.recv(100).decode())
                        """);

        assertThat(result.messages()).startsWith("ready udg:///").contains("S: 12:00");
        assertThat(result.output()).isEqualTo("12:00\n");
        assertThat(result.exitCode()).isZero();
    }
}
