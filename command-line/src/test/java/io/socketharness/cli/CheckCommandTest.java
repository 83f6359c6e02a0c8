package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir
    Path directory;

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void saysWhatIsInEachFile() throws IOException {
        String script = file("a.script", "S: a\nC: b\n");
        String tape = file("a.tape", "@connection tcp\nC: PING\nS: PONG\n");
        String servers = file("a.yaml", "servers:\n  mail: {script: a.script}\n  cache: {tape: a.tape}\n");

        Cli.Result result = Cli.run("check", script, tape, servers);

        assertThat(result.out())
                .isEqualTo(script + ": ok, 2 steps\n" + tape + ": ok, 1 connection\n" + servers + ": ok, 2 servers\n");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    @Test
    void checksAllFilesAlthoughOneIsWrong() throws IOException {
        String wrong = file("wrong.script", "Q: a\n");
        String right = file("right.script", "S: a\n");

        Cli.Result result = Cli.run("check", wrong, right);

        assertThat(result.err()).startsWith("socket-harness: " + wrong + ":1: ").hasLineCount(3);
        assertThat(result.out()).isEqualTo(right + ": ok, 1 step\n");
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void aScriptIsCheckedForATransport() throws IOException {
        String script = file("a.script", "C: a\n@other-port\nS: a\n@end\n");

        assertThat(Cli.run("check", script).code()).isEqualTo(2);
        assertThat(Cli.run("check", "--transport", "udp", script).out()).isEqualTo(script + ": ok, 2 steps\n");
    }

    @Test
    void anOutputThatIsFullIsAFailure() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full is a device of Linux");
        List<String> command = Cli.command("check", file("a.script", "S: a\n"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();

        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("socket-harness: cannot write to the standard output\n");
        assertThat(Cli.await(process)).isEqualTo(1);
    }

    @Test
    void helpVersionAndCompletion() {
        for (String verb : new String[] {"serve", "check", "record", "replay", "show", "sweep"}) {
            Cli.Result help = Cli.run(verb, "--help");
            assertThat(help.out()).contains("Usage: socket-harness " + verb).contains("Example");
            assertThat(help.code()).isZero();
        }
        assertThat(Cli.run("--version").out()).startsWith("socket-harness ").contains("Java " + Runtime.version());
        assertThat(Cli.run("generate-completion").out()).contains("complete -F _complete_socket-harness");
    }
}
