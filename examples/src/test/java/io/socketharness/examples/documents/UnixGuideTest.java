package io.socketharness.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.examples.documents.Markdown.Row;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tables of the guide on Unix sockets say is what happens. */
@DisabledOnOs(OS.WINDOWS)
class UnixGuideTest {

    @TempDir
    private Path directory;

    static List<Row> modes() throws IOException {
        return rows("Who may connect");
    }

    static List<Row> refusals() throws IOException {
        return rows("A path of your own");
    }

    private static List<Row> rows(String heading) throws IOException {
        return Markdown.read("docs/unix.md").rows(heading);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aFileHasThesePermissions(Row row) throws IOException {
        String option = row.code(0).get(0).replace(" = ", "=").replace("\"", "");
        try (FakeServer server = FakeServer.start("unix:?" + option)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
                    .isEqualTo(row.code(1).get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aServerDoesNotStartAndSaysWhy(Row row) throws IOException {
        Path path = directory.resolve("x.sock");
        try (FakeServer running = row.toString().equals("a running server") ? FakeServer.start("unix:" + path) : null) {
            if (running == null) {
                put(row.toString(), path);
            }
            assertThatThrownBy(() -> FakeServer.start(here(row.code(1).get(0))))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining(here(row.code(2).get(0)));
        }
    }

    private static void put(String what, Path path) throws IOException {
        switch (what) {
            case "a socket left by a dead process" ->
                ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(path))
                        .close();
            case "a file" -> Files.createFile(path);
            case "nothing" -> assertThat(path).doesNotExist();
            default -> throw new IllegalArgumentException(what);
        }
    }

    private String here(String text) {
        return text.replace("/run/app", directory.toString());
    }
}
