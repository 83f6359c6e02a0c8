package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Files of this repository. */
final class Repository {

    /** Of a test run by Maven, the working directory is its module's. */
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    static final Path COMMAND_LINE = ROOT.resolve("command-line");

    static final Path START_SCRIPT = COMMAND_LINE.resolve("src/main/scripts/socket-harness");

    private Repository() {}

    /** The executable jar, which {@code mvn package} makes. */
    static Path jar() {
        Path jar = COMMAND_LINE.resolve("target/socket-harness.jar");
        assertThat(jar).as("run mvn package -DskipTests -pl command-line -am").exists();
        return jar;
    }

    /** The start program of the JDK of this test. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
