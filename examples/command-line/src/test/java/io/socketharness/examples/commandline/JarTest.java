package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
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

        assertThat(result.messages()).contains("ready udg:///").contains("S: 12:00");
        assertThat(result.output()).isEqualTo("12:00\n");
        assertThat(result.exitCode()).isZero();
    }
}
