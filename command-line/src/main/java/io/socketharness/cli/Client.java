package io.socketharness.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command after {@code --}, which is the client of the servers.
 *
 * @param command the program and its arguments; empty for none
 */
record Client(List<String> command) {

    /** The error of the system in a message of the JDK: {@code error=2,}, and from Java 25 on {@code error: 2}. */
    private static final Pattern ERROR = Pattern.compile("error[=:] ?(\\d+)");

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
        Matcher code = ERROR.matcher(text);
        String why = switch (code.find() ? code.group(1) : "") {
            case "2" -> "no such program; a command of the shell needs sh -c";
            case "13" -> "it is not executable";
            default -> text;
        };
        return new UsageException("cannot run " + command.get(0) + ": " + why);
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
