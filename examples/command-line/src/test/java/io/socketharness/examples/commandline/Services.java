package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The services of a Compose file, run until the client has ended, with images that are made of this machine. */
final class Services implements AutoCloseable {

    private final List<String> compose;
    private final String file;

    private Services(List<String> compose, String file) {
        this.compose = compose;
        this.file = file;
    }

    /** Runs the services of a file in {@code command-line}. The client must end with exit code 0. */
    static Services run(String file) throws Exception {
        Docker.image();
        Services services = new Services(program(), file);
        Cli.Result up =
                services.call("up", "--build", "--no-color", "--abort-on-container-exit", "--exit-code-from", "client");
        if (up.exitCode() != 0) {
            services.close();
        }
        assertThat(up.exitCode()).as(up.output() + up.messages()).isZero();
        assertThat(up.output()).as(up.messages()).containsPattern("client.*\\| 452 mailbox full");
        return services;
    }

    private static List<String> program() throws Exception {
        List<String> plugin = List.of("docker", "compose");
        if (hasDocker() && new Services(plugin, "compose.yaml").call("version").exitCode() == 0) {
            return plugin;
        }
        Program.require("docker-compose");
        return List.of("docker-compose");
    }

    private static boolean hasDocker() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "docker")));
    }

    /** The log of a service. */
    String log(String service) throws Exception {
        return call("logs", "--no-color", service).output();
    }

    private Cli.Result call(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(compose);
        command.addAll(List.of("-f", file, "-p", "socket-harness-test-" + file.replace(".yaml", "")));
        command.addAll(List.of(arguments));
        Map<String, String> images = Map.of("BASE", BaseImage.name(), "CLIENT", BaseImage.name());
        return new Cli(Repository.COMMAND_LINE).run(command, images);
    }

    @Override
    public void close() throws Exception {
        call("down", "--rmi", "local", "--volumes");
    }
}
