package io.socketharness.examples.protocols;

import io.socketharness.testing.Program;
import java.util.ArrayList;
import java.util.List;

/** curl, which speaks more protocols than most know. */
final class Curl {

    private Curl() {}

    /** What it prints, both to its output and as errors. */
    static String run(String... arguments) throws Exception {
        return withInput("", arguments);
    }

    static String withInput(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "20"));
        command.addAll(List.of(arguments));
        return Program.run(input, command.toArray(String[]::new));
    }
}
