package io.socketharness.examples.php;

import io.socketharness.testing.Program;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs PHP. Where there is none the test is skipped, or fails if {@code -Dinterop=required} was given. */
public final class Php {

    private Php() {}

    /**
     * Runs a program that stands beside this class.
     *
     * @return what it printed, both to its output and as errors
     */
    public static String run(String program, String... arguments) throws Exception {
        return Program.run("", command(program, arguments).toArray(String[]::new));
    }

    /** Runs code that has its arguments in {@code $argv[1]} and so on. */
    static String eval(String code, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("php", "-r", code, "--"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return Program.run("", command.toArray(String[]::new));
    }

    /** Connects to a server and reads until it closes. */
    static String readAll(Object uri) throws Exception {
        return eval("echo stream_get_contents(stream_socket_client($argv[1]));", uri);
    }

    /** Connects to a server, and tells what comes of it. */
    static String connect(Object uri) throws Exception {
        return eval("echo @stream_socket_client($argv[1], $errno, $errstr) ? 'connected' : \"$errno $errstr\";", uri);
    }

    static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of("php", file(program).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path file(String program) {
        URL resource = Objects.requireNonNull(Php.class.getResource(program), program);
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
