package io.socketharness.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A JVM of its own, with this one's class path unless said. */
public final class ChildJvm {

    public static final String CLASS_PATH = System.getProperty("java.class.path");

    private ChildJvm() {}

    /** The class path without the jars that have this in their paths. */
    public static String classPathWithout(String text) {
        return Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.contains(text))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public static String run(Class<?> main, String classPath, String... options) throws Exception {
        return run(main, classPath, List.of(options), List.of());
    }

    public static String runWith(Class<?> main, String classPath, String... arguments) throws Exception {
        return run(main, classPath, List.of(), List.of(arguments));
    }

    public static String run(Class<?> main, String classPath, List<String> options, List<String> arguments)
            throws Exception {
        return Program.run("", command(main, classPath, options, arguments).toArray(String[]::new));
    }

    /** Where the process may have so many descriptors. */
    public static String runWithDescriptors(Class<?> main, int most, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -n " + most + " && exec \"$0\" \"$@\""));
        command.addAll(command(main, CLASS_PATH, List.of(), List.of(arguments)));
        return Program.run("", command.toArray(String[]::new));
    }

    private static List<String> command(Class<?> main, String classPath, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }
}
