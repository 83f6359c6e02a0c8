package io.socketharness.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The command after {@code --}, which is the client of the servers.
 *
 * @param command the program and its arguments; empty for none
 */
record Client(List<String> command) {

    boolean isPresent() {
        return !command.isEmpty();
    }

    ProcessBuilder process(Map<String, String> environment) {
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(environment);
        return process;
    }

    static UsageException cannotRun(List<String> command, IOException reason) {
        String text = String.valueOf(reason.getMessage());
        String why = text.contains("error=2,")
                ? "no such program; a command of the shell needs sh -c"
                : text.contains("error=13,") ? "it is not executable" : text;
        return new UsageException("cannot run " + command.get(0) + ": " + why);
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
