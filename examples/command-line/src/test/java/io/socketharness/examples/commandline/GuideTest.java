package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands of {@code docs/image.md}, with the base and the port of this machine. */
@Timeout(120)
class GuideTest {

    private static final String NAME = "socket-harness-guide-test";
    private static final String IMAGE = "localhost/socket-harness/guide";

    @Test
    void theCommandsOfTheGuideRun() throws Exception {
        Docker.client();
        Program.require("docker");
        String guide = Files.readString(Repository.ROOT.resolve("docs/image.md"));
        List<String> blocks = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(3);

        Cli.Result build = run(blocks.get(0).replaceFirst("mvn .*\n", ""));
        assertThat(build.exitCode()).as(build.messages()).isZero();
        Cli.Result start = run(blocks.get(1));
        assertThat(start.exitCode()).as(start.messages()).isZero();
        awaitReady();
        Cli.Result stop = run(blocks.get(2));
        assertThat(stop.output()).as(stop.messages()).isEqualTo(NAME + "\n0\n" + NAME + "\n");
        assertThat(stop.exitCode()).isZero();
    }

    private static void awaitReady() throws Exception {
        Process logs = new ProcessBuilder("docker", "logs", "--follow", NAME).start();
        try (BufferedReader lines = logs.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready tcp://127.0.0.1:2525");
        } finally {
            logs.destroy();
        }
    }

    private static Cli.Result run(String commands) throws Exception {
        String here = commands.replace("eclipse-temurin:21-jre", BaseImage.name())
                .replace("--publish 2525:2525", "--publish 2525")
                .replace("-t socket-harness ", "-t " + IMAGE + " ")
                .replace("  socket-harness ", "  " + IMAGE + " ")
                .replace("fake-mail", NAME);
        return new Cli(Repository.ROOT).run(List.of("sh", "-ec", here), Map.of());
    }
}
