package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerStartException;
import io.socketharness.examples.documents.Markdown.Row;
import io.socketharness.examples.php.Php;
import io.socketharness.examples.php.PhpServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the guide says is so: each row of PHP's function has its example, and PHP and this library report what the tables
 * say they do.
 */
@Timeout(60)
class StreamSocketServerGuideTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");

    /** Of the first table: row, PHP, this library, example. */
    static List<Row> numbered() throws IOException {
        return rows(4).stream().filter(StreamSocketServerGuideTest::isNumbered).toList();
    }

    /** Of the second: what is asked for, and what both report. */
    static List<Row> urls() throws IOException {
        return rows(3);
    }

    /** Of the third: what, PHP, this library, example. */
    static List<Row> linked() throws IOException {
        return rows(4).stream().filter(row -> !isNumbered(row)).toList();
    }

    private static List<Row> rows(int columns) throws IOException {
        return Markdown.read("docs/stream_socket_server.md").rows().stream()
                .filter(row -> row.cells().size() == columns)
                .toList();
    }

    private static boolean isNumbered(Row row) {
        return row.toString().matches("\\d+");
    }

    @Test
    void hasAllRows() throws IOException {
        assertThat(numbered())
                .extracting(Row::toString)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 17).mapToObj(String::valueOf).toList());
        assertThat(urls()).hasSizeGreaterThan(15);
        assertThat(linked()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("numbered")
    void itsExampleIsThatOfTheRow(Row row) throws IOException {
        assertThat(example(row)).containsPattern("Row " + row + ",");
    }

    /** What is said to be reported is what the example checks. */
    @ParameterizedTest
    @MethodSource("linked")
    void theExampleShowsIt(Row row) throws IOException {
        String example = example(row);
        for (int cell : new int[] {1, 2}) {
            assertThat(row.code(cell)).allSatisfy(code -> assertThat(example).contains(code));
        }
    }

    private static String example(Row row) throws IOException {
        Matcher link = LINK.matcher(row.cells().get(row.cells().size() - 1));
        assertThat(link.find()).as("a link in row %s", row).isTrue();
        return Files.readString(Markdown.ROOT.resolve("docs").resolve(link.group(1)));
    }

    @ParameterizedTest
    @MethodSource("urls")
    void phpReports(Row row, @TempDir Path directory) throws Exception {
        try (Obstacles obstacles = new Obstacles(directory)) {
            List<String> arguments = new ArrayList<>(obstacles.in(row.code(0)));
            arguments.add(1, directory.toString());

            assertThat(Php.run("report.php", arguments.toArray(String[]::new)))
                    .contains(obstacles.in(row.code(1)))
                    .contains("$errno = 0");
        }
    }

    @ParameterizedTest
    @MethodSource("urls")
    void thisLibraryReports(Row row, @TempDir Path directory) throws Exception {
        try (Obstacles obstacles = new Obstacles(directory)) {
            assertThat(report(obstacles.in(row.code(0)).get(0))).contains(obstacles.in(row.code(2)));
        }
    }

    private static String report(String url) {
        try (FakeServer server = FakeServer.start(url)) {
            return "listens at " + server.uri();
        } catch (IllegalArgumentException | ServerStartException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    /** What is in the way of a server, and what the guide calls it. */
    private static final class Obstacles implements AutoCloseable {

        private final Path directory;
        private final PhpServer udp = PhpServer.start("udp-time.php");
        private final FakeServer tcp = FakeServer.start("tcp:");
        private final FakeServer living;

        Obstacles(Path directory) throws Exception {
            this.directory = directory;
            living = FakeServer.start("unix:" + directory.resolve("live.sock"));
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    .bind(UnixDomainSocketAddress.of(directory.resolve("dead.sock")))
                    .close();
        }

        List<String> in(List<String> texts) {
            return texts.stream().map(this::in).toList();
        }

        private String in(String text) {
            return text.replace("$tcp", String.valueOf(tcp.port()))
                    .replace("$udp", String.valueOf(udp.port()))
                    .replace("$path107", path(107))
                    .replace("$path120", path(120))
                    .replace("$dir", directory.toString());
        }

        private String path(int length) {
            return directory + "/" + "x".repeat(length - directory.toString().length() - 1);
        }

        @Override
        public void close() throws InterruptedException {
            living.close();
            tcp.close();
            udp.close();
        }
    }
}
