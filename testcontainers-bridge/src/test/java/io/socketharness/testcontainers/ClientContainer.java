package io.socketharness.testcontainers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/** A container with clients in it, which does nothing until it is told what to run. */
final class ClientContainer extends GenericContainer<ClientContainer> {

    ClientContainer() {
        super(ProgramsImage.name());
        withCommand("sleep", "infinity");
        withStartupTimeout(Duration.ofMinutes(2));
    }

    /** Runs a script of the shell, in which the arguments are $1, $2 and so on; returns what it prints, errors too. */
    String run(String script, Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("timeout", "60", "sh", "-c", script, "sh"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ExecResult result = execInContainer(command.toArray(String[]::new));
        return result.getStdout() + result.getStderr();
    }
}
