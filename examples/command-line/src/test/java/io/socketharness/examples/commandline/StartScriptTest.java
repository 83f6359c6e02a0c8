package io.socketharness.examples.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, where users put it. */
class StartScriptTest {

    private static final Map<String, String> THIS_JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    private Path directory;

    private Path home;
    private Path script;

    @BeforeEach
    void install() throws Exception {
        home = Files.createDirectories(directory.resolve("my programs/socket harness"));
        script = Files.copy(Repository.START_SCRIPT, home.resolve("socket-harness"));
    }

    @Test
    void usesTheJarBesideItInADirectoryWithSpaces() throws Exception {
        putJar(home);

        assertThat(version(script, THIS_JAVA).output()).startsWith("socket-harness ");
    }

    @Test
    void usesTheJarInLib() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("opt/bin"));
        putJar(Files.createDirectories(directory.resolve("opt/lib")));
        Path installed = Files.copy(script, bin.resolve("socket-harness"));

        assertThat(version(installed, THIS_JAVA).output()).startsWith("socket-harness ");
    }

    @Test
    void usesTheJarOfAVariable() throws Exception {
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "SOCKET_HARNESS_JAR",
                Repository.jar().toString());

        assertThat(version(script, environment).output()).startsWith("socket-harness ");
    }

    @Test
    void followsSymbolicLinks() throws Exception {
        putJar(home);
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), script);
        Path relative = Files.createSymbolicLink(bin.resolve("socket-harness"), Path.of("../absolute"));

        assertThat(version(absolute, THIS_JAVA).output()).startsWith("socket-harness ");
        assertThat(version(relative, THIS_JAVA).output()).startsWith("socket-harness ");
    }

    @Test
    void findsJavaOnThePath() throws Exception {
        putJar(home);
        String path = Path.of(Repository.java()).getParent() + ":" + System.getenv("PATH");

        assertThat(version(script, Map.of("JAVA_HOME", "", "PATH", path)).output())
                .startsWith("socket-harness ");
    }

    @Test
    void passesOptionsToTheJvm() throws Exception {
        putJar(home);
        Map<String, String> environment = Map.of(
                "JAVA_HOME", System.getProperty("java.home"), "SOCKET_HARNESS_JAVA_OPTIONS", "-Xmx64m -showversion");

        assertThat(version(script, environment).messages()).contains(System.getProperty("java.vm.name"));
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        putJar(home);
        new Cli(directory).script("a b.script", "S: hello");

        assertThat(run(script, THIS_JAVA, "check", "a b.script").output()).isEqualTo("a b.script: ok, 1 step\n");
    }

    @Test
    void saysThatThereIsNoJar() throws Exception {
        assertThat(version(script, THIS_JAVA))
                .isEqualTo(new Cli.Result(
                        2,
                        "",
                        "socket-harness: no socket-harness.jar in " + home + " or " + home
                                + "/../lib; put it there, or set SOCKET_HARNESS_JAR\n"));
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        putJar(home);

        assertThat(version(script, Map.of("JAVA_HOME", "/nowhere")))
                .isEqualTo(
                        new Cli.Result(
                                2,
                                "",
                                "socket-harness: /nowhere/bin/java was not found; install Java 17 or later, or set JAVA_HOME\n"));
    }

    private static void putJar(Path directory) throws Exception {
        Files.copy(Repository.jar(), directory.resolve("socket-harness.jar"));
    }

    private Cli.Result version(Path script, Map<String, String> environment) throws Exception {
        return run(script, environment, "--version");
    }

    private Cli.Result run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return new Cli(directory).run(command, environment);
    }
}
