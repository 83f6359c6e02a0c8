package io.socketharness.spock;

import io.socketharness.testing.Reports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EventType;

/** Runs specifications in a JVM of its own, for what only its options can say, and prints what came of them. */
final class Child {

    private Child() {}

    /** Runs them, and returns a line for each feature and iteration, and for what else went wrong, in alphabetical order. */
    static List<String> run(List<String> options, String... specifications) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(Child.class.getName());
        Collections.addAll(command, specifications);
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("> "))
                .toList();
    }

    public static void main(String[] specifications) {
        Map<String, String> results = new TreeMap<>();
        Run.of(specifications)
                .results()
                .allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .forEach(event -> {
                    TestExecutionResult result = Run.result(event);
                    String message = result.getThrowable()
                            .map(thrown ->
                                    Reports.message(thrown).lines().findFirst().orElse(""))
                            .orElse("");
                    String name = event.getTestDescriptor().getDisplayName();
                    if (event.getTestDescriptor().isTest() || !message.isEmpty()) {
                        results.put(name, "> " + name + " " + result.getStatus() + " " + message);
                    }
                });
        results.values().forEach(System.out::println);
    }
}
