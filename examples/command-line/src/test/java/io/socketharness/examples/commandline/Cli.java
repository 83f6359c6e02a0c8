package io.socketharness.examples.commandline;

import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Runs the program in a directory, where its scripts are, to its end. */
final class Cli {

    /** How it ended. */
    record Result(int exitCode, String output, String messages) {}

    private final Path directory;

    Cli(Path directory) {
        this.directory = directory;
    }

    /** Writes a script. */
    Cli script(String name, String text) throws Exception {
        Files.writeString(directory.resolve(name), text);
        return this;
    }

    /** Runs the jar alone. */
    Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Repository.java(), "-jar", Repository.jar().toString()));
        command.addAll(List.of(arguments));
        return run(command, Map.of());
    }

    /** Runs a command. An empty value removes a variable from the environment. */
    Result run(List<String> command, Map<String, String> environment) throws Exception {
        Program.require(command.get(0));
        Path output = Files.createTempFile("output", ".txt");
        Path messages = Files.createTempFile("messages", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(messages.toFile());
            environment.forEach(builder.environment()::put);
            builder.environment().values().removeIf(String::isEmpty);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Assertions.fail(command + " did not end within 60 s: " + Files.readString(messages));
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(messages));
        } finally {
            Files.delete(output);
            Files.delete(messages);
        }
    }
}
