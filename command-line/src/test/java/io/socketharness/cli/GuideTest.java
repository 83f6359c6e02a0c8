package io.socketharness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.recording.Event;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of {@code docs/command-line.md} have the output that it shows, and its tables are complete. */
@Timeout(300)
class GuideTest {

    private static final List<String> PROGRAMS = List.of("nc", "openssl", "timeout", "redis-cli");

    @TempDir
    static Path directory;

    private static Guide guide;
    private static GuideShell shell;

    @BeforeAll
    static void writeTheFiles() throws IOException {
        Program.require("bash");
        guide = Guide.read();
        shell = new GuideShell(directory);
        for (Guide.Block block : guide.blocks()) {
            if (block.isFile()) {
                Files.writeString(shell.file(block.fileName()), shell.withPorts(block.text()));
            }
        }
    }

    static List<Guide.Block> sessions() throws IOException {
        return Guide.read().sessions().stream()
                .filter(block -> block.role().isEmpty())
                .toList();
    }

    static List<Guide.Block> servers() throws IOException {
        return withRole("server");
    }

    private static List<Guide.Block> withRole(String role) throws IOException {
        return Guide.read().sessions().stream()
                .filter(block -> block.role().equals(role))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void aSessionHasItsOutput(Guide.Block session) throws Exception {
        requirePrograms(session.text());
        if (session.text().contains(" record ")) {
            recordsItsTape(session);
        } else {
            shell.run(session.lines());
        }
    }

    private static void recordsItsTape(Guide.Block session) throws Exception {
        Program.require("redis-server");
        Path tape = shell.file("greeting.tape");
        String shown = Files.readString(tape);
        Files.delete(tape);
        Process redis = shell.start("exec redis-server --save '' --port 6379", true);
        try {
            // its log says when it is ready
            assertThat(redis.inputReader().lines().anyMatch(line -> line.contains("eady to accept connections")))
                    .isTrue();
            shell.run(session.lines());
            assertThat(tape).hasContent(shown);
        } finally {
            redis.destroyForcibly();
            Files.writeString(tape, shown);
        }
    }

    private static void requirePrograms(String text) {
        PROGRAMS.stream().filter(name -> text.contains(name + " ")).forEach(Program::require);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerHasItsOutput(Guide.Block server) throws Exception {
        Guide.Block client = withRole("client").get(servers().indexOf(server));
        requirePrograms(client.text());
        shell.run(server.lines(), client.lines());
    }

    @Test
    void eachServerHasItsClient() throws IOException {
        assertThat(withRole("client")).hasSameSizeAs(servers()).isNotEmpty();
    }

    @Test
    void theFirstLinesAreThoseOfTheReadme() throws IOException {
        List<String> first = servers().get(0).lines();

        assertThat(Files.readString(Path.of("../README.md")))
                .contains("```console\n" + first.get(0) + "\n" + first.get(1) + "\n```");
    }

    @Test
    void aWatchedScriptIsReported() throws Exception {
        String shown = guide.blocks().stream()
                .filter(block -> block.text().contains(": reloaded"))
                .findFirst()
                .orElseThrow()
                .text();
        String script = Files.readString(shell.file("smtp.script"));
        Path watched = Files.createDirectories(directory.resolve("watched")).resolve("smtp.script");
        Files.writeString(watched, script);
        try (CliProcess program = CliProcess.start("serve", "--watch", watched.toString())) {
            program.readyPort();
            Files.writeString(watched, script.replace("full", "busy"));
            program.err(line -> line.contains(": reloaded"));
            Files.writeString(watched, script.replace("@close", "@closs"));
            program.err(line -> line.startsWith("The script before stays"));
            program.signal("INT");
            assertThat(program.end().err().replace(watched.toString(), "smtp.script"))
                    .startsWith(shown);
        }
    }

    @Test
    void allOptionsOfServersAreListed() {
        assertThat(guide.column("Options of a server", "option", 0))
                .containsExactlyElementsOf(
                        ServerOption.ALL.stream().map(ServerOption::option).toList());
        assertThat(guide.column("Options of a server", "option", 1).stream().map(key -> key.replace(": true", "")))
                .containsExactlyElementsOf(
                        ServerOption.ALL.stream().map(ServerOption::name).toList());
        List<String> flags = ServerOption.ALL.stream()
                .filter(ServerOption::isFlag)
                .map(option -> option.name() + ": true")
                .toList();
        assertThat(guide.column("Options of a server", "option", 1))
                .filteredOn(key -> key.contains(":"))
                .isEqualTo(flags);
    }

    @Test
    void allOtherKeysOfServersAreListed() {
        assertThat(guide.column("Several servers", "key", 0)).containsExactlyInAnyOrderElementsOf(ServerFile.CONTENT);
    }

    @Test
    void allOptionsOfASweepAreListed() {
        List<String> ofServers =
                ServerOption.ALL.stream().map(ServerOption::option).toList();

        assertThat(guide.column("Sweep a command", "option", 0).stream().map(option -> option.split(" ")[0]))
                .containsExactlyInAnyOrderElementsOf(options("sweep").stream()
                        .filter(option -> !ofServers.contains(option))
                        .toList());
    }

    /** The long names of the options of a verb, without {@code --help} and {@code --version}. */
    private static List<String> options(String verb) {
        CommandLine program = Main.commandLine(new Console(System.out, System.err, Ansi.OFF), new Client(List.of()));
        return Objects.requireNonNull(program.getSubcommands().get(verb)).getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .filter(option -> !option.equals("--help") && !option.equals("--version"))
                .toList();
    }

    @Test
    void allOptionsAreMentioned() throws IOException {
        String text = Files.readString(Path.of("../docs/command-line.md"));

        assertThat(Stream.of("serve", "check", "record", "replay", "show", "sweep")
                        .flatMap(verb -> options(verb).stream()))
                .allSatisfy(option -> assertThat(text).containsPattern(option + "\\b"));
    }

    @Test
    void allEventsAreListed() {
        List<String> kinds = Arrays.stream(Event.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        List<String> events = new ArrayList<>(guide.column("Events", "event", 0));

        assertThat(events).containsExactlyElementsOf(kinds);
    }

    @Test
    void filesToGetExist() throws IOException {
        String text =
                String.join(" ", guide.blocks().stream().map(Guide.Block::text).toList());

        assertThat(text)
                .contains("command-line/src/main/scripts/socket-harness ")
                .contains("target/socket-harness.jar ");
        assertThat(Path.of("src/main/scripts/socket-harness")).isExecutable();
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<outputFile>${project.build.directory}/socket-harness.jar<");
    }

    @Test
    void exitCodesAreListed() throws IOException {
        String text = Files.readString(Path.of("../docs/command-line.md"));

        for (int code : new int[] {
            ExitCode.SUCCESS, ExitCode.FAILURE, ExitCode.USAGE, ExitCode.CLIENT, ExitCode.INTERNAL, ExitCode.INTERRUPTED
        }) {
            assertThat(text).contains("\n| " + code + " | ");
        }
    }
}
