package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The services of {@code command-line/compose.yaml}, with images that are made of this machine. */
@Timeout(180)
class ComposeTest {

    private static final String PROJECT = "socket-harness-test";

    private List<String> compose = List.of();

    @BeforeEach
    void findCompose() throws Exception {
        Docker.image();
        compose = List.of("docker", "compose");
        if (!hasDocker() || run("version").exitCode() != 0) {
            Program.require("docker-compose");
            compose = List.of("docker-compose");
        }
    }

    private static boolean hasDocker() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "docker")));
    }

    @AfterEach
    void remove() throws Exception {
        run("down", "--rmi", "local", "--volumes");
    }

    @Test
    void theClientGetsTheAnswersOfTheScript() throws Exception {
        Cli.Result up = run("up", "--build", "--no-color", "--abort-on-container-exit", "--exit-code-from", "client");

        assertThat(up.output()).as(up.messages()).containsPattern("client.*\\| 452 mailbox full");
        assertThat(up.exitCode()).isZero();
        assertThat(run("logs", "--no-color", "mail").output())
                .contains("ready tcp://127.0.0.1:2525")
                .contains("#0 S: 452 mailbox full")
                .contains("socket-harness: 1 connection, no failures");
    }

    private Cli.Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of("-p", PROJECT));
        command.addAll(List.of(arguments));
        Map<String, String> images = Map.of("BASE", BaseImage.name(), "CLIENT", BaseImage.name());
        return new Cli(Repository.COMMAND_LINE).run(command, images);
    }
}
