package io.socketharness.tls;

import io.socketharness.testing.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, with this one's class path unless said. */
final class ChildJvm {

    static final String CLASS_PATH = System.getProperty("java.class.path");

    private ChildJvm() {}

    static String run(Class<?> main, String classPath, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, main.getName()));
        return Program.run("", command.toArray(String[]::new));
    }
}
