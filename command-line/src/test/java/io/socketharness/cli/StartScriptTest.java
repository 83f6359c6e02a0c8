package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, with a program in place of Java that prints its arguments. */
class StartScriptTest {

    private static final Path SCRIPT = Path.of("src/main/scripts/socket-harness");

    @TempDir
    Path directory;

    private Path script;

    @BeforeEach
    void install() throws IOException {
        Program.require("sh");
        Path home = Files.createDirectory(directory.resolve("a directory"));
        script = Files.copy(SCRIPT, home.resolve("socket-harness"));
        Files.createFile(home.resolve("socket-harness.jar"));
        Path java = Files.createDirectories(directory.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private Cli.Result run(String jar, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", directory.resolve("java").toString());
        builder.environment().put("SOCKET_HARNESS_JAR", jar);
        Process process = builder.start();
        var out = Cli.read(process.getInputStream());
        var err = Cli.read(process.getErrorStream());
        return new Cli.Result(Cli.await(process), out.get(), err.get());
    }

    @Test
    void findsTheJarThroughLinks() throws Exception {
        Path links = Files.createDirectory(directory.resolve("links"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../a directory/socket-harness"));
        Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

        assertThat(run("", "sh", "links/second", "check", "a b").out())
                .endsWith(" -jar " + script.toRealPath().resolveSibling("socket-harness.jar") + " check a b\n");
    }

    @Test
    void aJarThatDoesNotExist() throws Exception {
        Cli.Result result = run("/no/such.jar", "sh", script.toString(), "check");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("socket-harness: /no/such.jar was not found; SOCKET_HARNESS_JAR must be the path of"
                        + " socket-harness.jar\n");
    }

    @Test
    void coloursNeedATerminalForAllOutput() throws Exception {
        Program.require("script");
        for (List<String> example : List.of(
                List.of("serve x", "true"),
                List.of("serve x 2> log", "false"),
                List.of("serve x | cat", "false"),
                List.of("serve x -- client | cat", "true"),
                List.of("serve x -- client 2> log", "false"))) {
            String command = "sh 'a directory/socket-harness' " + example.get(0);
            // it gives the command a terminal
            assertThat(run("", "script", "-qec", command, "/dev/null").out())
                    .as(command)
                    .contains("-Dsocketharness.terminal=" + example.get(1));
        }
    }
}
