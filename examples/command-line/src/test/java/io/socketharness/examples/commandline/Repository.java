package io.socketharness.examples.commandline;

import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of this repository. */
final class Repository {

    /** Of a test run by Maven, the working directory is its module's. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    static final Path COMMAND_LINE = ROOT.resolve("command-line");

    static final Path START_SCRIPT = COMMAND_LINE.resolve("src/main/scripts/socket-harness");

    private Repository() {}

    /** The executable jar, which {@code mvn package} makes. Without it, the test is skipped. */
    static Path jar() {
        Path jar = COMMAND_LINE.resolve("target/socket-harness.jar");
        if (!Files.exists(jar)) {
            Program.lack(jar + " is not there, run mvn package -DskipTests -pl command-line -am");
        }
        return jar;
    }

    /** The start program of the JDK of this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
