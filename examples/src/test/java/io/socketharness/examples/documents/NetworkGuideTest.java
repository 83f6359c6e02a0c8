package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerSpecBuilder;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.network.NetworkCondition;
import io.socketharness.network.NetworkConditions;
import io.socketharness.script.Behaviours;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the guide on network conditions: each cell is what a client sees, or what the server refuses. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class NetworkGuideTest {

    private static final String GUIDE = "docs/network.md";
    private static final List<String> TRANSPORTS = List.of("tcp", "tls", "unix", "udp", "dtls", "udg");
    private static final String ON_EACH = "Conditions on each transport";
    private static final Pattern CALL = Pattern.compile("(?<![.\\w])([a-z]\\w*)\\(");

    /** How long a client that gets no answer waits. */
    private static final Duration SILENCE = Duration.ofMillis(400);

    private static final Duration LATE = Duration.ofMillis(90);

    /**
     * A cell of the table.
     *
     * @param seen what the client sees, or that the condition is refused
     */
    record Cell(String condition, String transport, String seen) {}

    static Stream<Cell> cells() throws IOException {
        return Markdown.read(GUIDE).rows(ON_EACH).stream()
                .filter(row -> row.cells().size() == 1 + TRANSPORTS.size())
                .flatMap(row -> TRANSPORTS.stream()
                        .map(transport -> new Cell(
                                row.code(0).get(0),
                                transport,
                                row.cells()
                                        .get(1 + TRANSPORTS.indexOf(transport))
                                        .strip())));
    }

    static Stream<Cell> possible() throws IOException {
        return cells().filter(cell -> !cell.seen().equals("refused"));
    }

    static Stream<Cell> refused() throws IOException {
        return cells().filter(cell -> cell.seen().equals("refused"));
    }

    static List<Row> reasons() throws IOException {
        return Markdown.read(GUIDE).rows("Why a condition is refused");
    }

    static List<Row> all() throws IOException {
        return Markdown.read(GUIDE).rows("All conditions");
    }

    @ParameterizedTest
    @MethodSource("possible")
    void theClientSees(Cell cell) throws Exception {
        try (FakeServer server = FakeServer.start(cell.transport() + ":?seed=1", Behaviours.echo());
                Peer peer = Peer.connect(server)) {
            assertThat(peer.exchange("WARM")).isEqualTo("WARM");
            server.network(condition(cell));

            assertThat(seen(peer, cell.seen()))
                    .as(() -> server.recording().toString())
                    .isEqualTo(cell.seen());
        }
    }

    /** To the client where that is possible, so that what the server sends back arrived as it was. */
    private static NetworkCondition condition(Cell cell) {
        NetworkCondition condition = NetworkCondition.parse(cell.condition());
        return cell.condition().equals("stop-reading") ? condition : condition.toClient();
    }

    private static String seen(Peer peer, String expected) throws Exception {
        long start = System.nanoTime();
        CompletableFuture<String> answer = answer(peer, "PING");
        try {
            String text = answer.get(
                    expected.equals("silent") ? SILENCE.toMillis() : TimeUnit.SECONDS.toMillis(20),
                    TimeUnit.MILLISECONDS);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            if (!text.equals("PING")) {
                return peer.isStream() && text.length() < 4 ? "end" : "changed";
            }
            if (expected.equals("twice")
                    && answer(peer, null).get(20, TimeUnit.SECONDS).equals("PING")) {
                return "twice";
            }
            return time.compareTo(LATE) >= 0 ? "late" : "as on a perfect network";
        } catch (TimeoutException nothing) {
            return "silent";
        } catch (ExecutionException failed) {
            return String.valueOf(failed.getCause()).contains("Connection reset") ? "RST" : "error";
        }
    }

    /** The next answer, to a question unless that is null. */
    private static CompletableFuture<String> answer(Peer peer, @Nullable String question) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return question == null ? peer.receive() : peer.exchange(question);
            } catch (IOException failed) {
                throw new CompletionException(failed);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithTheReasonOfTheGuide(Cell cell) throws Exception {
        String prefix = "over " + cell.transport() + ", \"" + cell.condition() + "\" is not possible: ";
        ServerSpecBuilder server =
                ServerSpec.builder(cell.transport()).network(NetworkCondition.parse(cell.condition()));
        String message = String.valueOf(
                catchThrowable(() -> FakeServer.start(server.build())).getMessage());

        assertThat(message).startsWith(prefix);
        assertThat(reasons())
                .filteredOn(row ->
                        row.code(0).contains(cell.condition()) && row.code(1).contains(cell.transport()))
                .singleElement()
                .extracting(row -> row.code(2).get(0))
                .isEqualTo(message.substring(prefix.length()));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void onlyRefusedConditionsHaveAReason(Row row) throws Exception {
        assertThat(row.code(0))
                .allSatisfy(condition -> assertThat(row.code(1))
                        .allSatisfy(transport ->
                                assertThat(refused()).contains(new Cell(condition, transport, "refused"))));
    }

    @Test
    void theTableHasEveryTransport() throws IOException {
        assertThat(Markdown.read(GUIDE).lines()).contains("| condition | " + String.join(" | ", TRANSPORTS) + " |");
        assertThat(cells()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theTextIsThatOfTheJavaForm(Row row) {
        assertThat(row.code(0))
                .allSatisfy(text -> assertThat(NetworkCondition.parse(text)).hasToString(text));
    }

    @Test
    void everyConditionIsShown() throws IOException {
        Set<String> shown = all().stream()
                .flatMap(row -> row.code(1).stream())
                .flatMap(code -> CALL.matcher(code).results())
                .map((MatchResult call) -> call.group(1))
                .collect(Collectors.toSet());

        assertThat(shown).containsAll(factories());
        assertThat(words(all().stream().flatMap(row -> row.code(0).stream()))).isEqualTo(words(known()));
        assertThat(words(cells().map(Cell::condition))).isEqualTo(words(known()));
    }

    private static Set<String> words(Stream<String> texts) {
        return texts.map(text -> text.split(" ", 2)[0]).collect(Collectors.toSet());
    }

    /** The conditions that the parser names when it meets one that it does not know. */
    private static Stream<String> known() {
        String message = String.valueOf(
                catchThrowable(() -> NetworkCondition.parse("weather")).getMessage());
        return Arrays.stream(
                message.substring(message.indexOf("known are ") + 10).split(", "));
    }

    private static Set<String> factories() {
        return Arrays.stream(NetworkConditions.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    static List<Row> wrong() throws IOException {
        return Markdown.read(GUIDE).rows("Mistakes");
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aMistakeIsExplained(Row row) {
        assertThatThrownBy(() -> NetworkCondition.parse(row.code(0).get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(row.code(1).get(0));
    }
}
