package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.examples.documents.Markdown.Block;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.script.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The tables of {@code docs/tapes.md}: each row is run. */
@Timeout(120)
class TapesGuideTest {

    private static final String GUIDE = "docs/tapes.md";
    private static final String PACKAGE = "io/socketharness/examples/documents";
    private static final String TAPE = "@connection tcp\n@eol crlf exact\nC: PAY 3\nS: paid\n";
    private static final Path REDIS = Markdown.ROOT.resolve(
            "examples/forward/src/test/resources/io/socketharness/examples/forward/greeting.tape");

    @TempDir
    Path directory;

    private FakeServer real;

    @BeforeEach
    void startTheRealServer() {
        real = FakeServer.start("tcp:?optional=true", Script.parse("""
                @match
                  C~ PAY .*
                  S: paid
                @or
                  C~ PASS (?<word>.*)
                  S: welcome ${word}
                @end
                """));
        System.setProperty(Carts.PORT, String.valueOf(real.port()));
        Carts.request = "PAY 3";
    }

    @AfterEach
    void stopTheRealServer() {
        real.close();
        System.clearProperty(Carts.PORT);
    }

    static List<Row> lines() throws IOException {
        return rows("The file");
    }

    static List<Row> modes() throws IOException {
        return rows("Modes");
    }

    static List<Row> variables() throws IOException {
        return rows("Masks and secrets");
    }

    private static List<Row> rows(String heading) throws IOException {
        return Markdown.read(GUIDE).rows(heading);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void linesAreRead(Row row) {
        String lines = String.join("\n", row.code(0));

        assertThat(Tape.parse(lines.startsWith("@connection") ? lines : "@connection tcp\n" + lines)
                        .size())
                .isEqualTo(1);
    }

    @Test
    void partsOfTheTapeOfRedisAreShown() throws IOException {
        String tape = Files.readString(REDIS);
        List<Block> shown = Markdown.read(GUIDE).blocks().stream()
                .filter(block -> block.source().isEmpty() && block.text().startsWith("# Recorded from"))
                .toList();

        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).text().split("\n…\n"))
                .hasSizeGreaterThan(1)
                .allSatisfy(part -> assertThat(tape).contains(part));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void modesRecordOrReplay(Row row) throws IOException {
        String mode = row.code(0).get(0);
        Files.createDirectories(tape().getParent());
        Files.writeString(tape(), TAPE);
        assertThat(outcome(mode)).as("with a tape").isEqualTo(row.cells().get(1).strip());
        Files.delete(tape());
        assertThat(outcome(mode))
                .as("without a tape")
                .isEqualTo(row.cells().get(2).strip());
    }

    private String outcome(String mode) {
        int before = real.recording().exchanges().size();
        List<String> messages = new ArrayList<>();
        String printed = printed(() -> messages.addAll(run(mode, Carts.Cart.class)));
        if (!messages.isEmpty()) {
            return "fails the test";
        }
        if (real.recording().exchanges().size() == before) {
            return "replays it";
        }
        assertThat(tape()).exists();
        return printed.contains(" again, ") ? "records it again" : "records it";
    }

    /** What is printed to the standard error. */
    private static String printed(Runnable run) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            run.run();
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Path tape() {
        return directory.resolve(PACKAGE).resolve("cart.tape");
    }

    @Test
    void namesLeadToFiles() throws IOException {
        assertThat(run("record", Carts.CartTest.class)).isEmpty();

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString())
                            .map(file -> "src/test/resources/"
                                    + file.replace(PACKAGE, "com/example").replace("Carts-", ""))
                            .filter(file -> !file.endsWith("-1.tape")))
                    .containsExactlyInAnyOrderElementsOf(rows("Names of tapes").stream()
                            .map(row -> row.code(1).get(0))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("variables")
    void partsMayDiffer(Row row) throws IOException {
        Tape recorded = Tape.parse("@connection tcp\n" + String.join("\n", row.code(1)));
        String option = row.code(0).get(0);
        String regex = row.code(0).get(1);
        Tape tape = option.equals("mask") ? recorded.mask(regex) : recorded.redact(regex);

        assertThat(tape.connection(0).lines()).isEqualTo(row.code(2));
        List<String> inputs = row.code(3);
        verify(tape, inputs.get(0));
        for (String refused : inputs.subList(1, inputs.size())) {
            assertThatThrownBy(() -> verify(tape, refused)).isInstanceOf(AssertionError.class);
        }
    }

    private static void verify(Tape tape, String input) throws IOException {
        try (FakeServer server = FakeServer.start("tcp:?timeout=20s", tape);
                Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write(Escaped.bytes(input));
            client.shutdownOutput();
            server.verify();
        }
    }

    @Test
    void aSecretThatTheServerRepeatsIsReported() throws IOException {
        Carts.request = "PASS s3cret";
        String printed =
                printed(() -> assertThat(run("record", Carts.Login.class)).isEmpty());

        assertThat(printed).contains("line 6 of login.tape");
        assertThat(String.join(" ", Markdown.read(GUIDE).lines()).replaceAll(" +", " "))
                .contains("`" + printed.substring(printed.indexOf("line 6")).strip() + "`");
    }

    @Test
    void messagesAreExplained() throws IOException {
        List<String> given = messages();
        List<Row> rows = rows("Messages");

        for (Row row : rows) {
            assertThat(given).as(row.code(0).get(0)).anyMatch(message -> says(message, row));
        }
        assertThat(given).allSatisfy(message -> assertThat(rows).anyMatch(row -> says(message, row)));
    }

    /** Whether a message has the parts around the dots. */
    private static boolean says(String message, Row row) {
        int from = 0;
        for (String part : row.code(0).get(0).split("…")) {
            int at = message.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    private List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        Path parent = Files.createDirectories(directory.resolve(PACKAGE).getParent());
        Files.writeString(parent.resolve("documents"), "in the way");
        messages.addAll(run("record", Carts.Cart.class));
        Files.delete(parent.resolve("documents"));
        Files.createDirectories(directory.resolve(PACKAGE));
        messages.addAll(run("replay", Carts.Cart.class));
        messages.addAll(run("auto", Carts.WithoutRealServer.class));
        messages.addAll(run("records", Carts.Cart.class));
        messages.addAll(run("auto", Carts.OfAClass.class));
        messages.addAll(run("auto", Carts.Repeated.class));
        messages.addAll(run("auto", Carts.MaskAlone.class));
        messages.addAll(run("auto", Carts.WithScript.class));
        messages.addAll(run("record", Carts.SameFile.class));
        messages.addAll(run("record", Carts.Small.class));
        messages.addAll(replay("@connection tcp\nX: what\n", Carts.Cart.class));
        messages.addAll(replay(TAPE, Carts.OverDatagrams.class));
        messages.addAll(replay(TAPE, Carts.Twice.class));
        messages.addAll(replay(TAPE + "\n@connection tcp\nC: PAY 4\n", Carts.Impatient.class));
        Carts.request = "PAY 5";
        messages.addAll(replay(TAPE, Carts.Cart.class));
        messages.addAll(replay(TAPE + "\n@connection tcp\n@eol crlf exact\nC: PAY 5\nS: paid\n", Carts.Twice.class));
        real.close();
        messages.addAll(run("record", Carts.NotReached.class));
        return messages;
    }

    private List<String> replay(String text, Class<?> fixture) throws IOException {
        Files.writeString(tape(), text);
        return run("replay", fixture);
    }

    /** Runs the tests of a class, and returns the message of each test that fails, once. */
    private List<String> run(String mode, Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(fixture))
                .configurationParameter("socketharness.capture", "never")
                .configurationParameter("socketharness.tape", mode)
                .configurationParameter("socketharness.tape.directory", directory.toString())
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(TapesGuideTest::message)
                .distinct()
                .toList();
    }

    private static String message(Event event) {
        Throwable failure = event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
        return String.join(
                " ",
                String.valueOf(failure.getMessage()).lines().map(String::strip).toList());
    }
}
