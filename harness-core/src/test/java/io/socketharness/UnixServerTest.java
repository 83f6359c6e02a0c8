package io.socketharness;

import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.reset;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.startTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.internal.unix.UnixAddress;
import io.socketharness.recording.ClientCredentials;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.script.Connection;
import io.socketharness.script.Script;
import io.socketharness.testing.ChildJvm;
import io.socketharness.testing.Program;
import io.socketharness.testing.TestClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Unix socket has in place of a port: a file, with permissions. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class UnixServerTest {

    @TempDir
    private Path directory;

    private String url() {
        return "unix:" + directory.resolve("x.sock");
    }

    @Test
    void reportsItsAddressInEveryForm() {
        Path path = directory.resolve("x.sock");
        try (FakeServer server = FakeServer.start(url())) {
            assertThat(server.path()).isEqualTo(path);
            assertThat(server.socketAddress()).isEqualTo(UnixDomainSocketAddress.of(path));
            assertThat(server.uri()).isEqualTo(URI.create("unix://" + path));
            assertThat(server).hasToString("FakeServer{unix://" + path + ", listening}");
            for (Runnable port : List.<Runnable>of(server::host, server::port, server::address)) {
                assertThatThrownBy(port::run)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage(
                                "unix://" + path + " has a path, not a host and a port: use path() or socketAddress()");
            }
        }
        try (FakeServer server = FakeServer.start("tcp:")) {
            assertThatThrownBy(server::path)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(server.uri() + " has a host and a port, not a path: use address()");
        }
    }

    @Test
    void theUriOfAnOddPathCanBeRead() {
        Path odd = directory.resolve("a b#ü%.sock");
        try (FakeServer server =
                FakeServer.start(ServerSpec.builder(Transport.UNIX).path(odd).build())) {
            assertThat(server.uri().getPath()).isEqualTo(odd.toString());
            assertThat(server.path()).isEqualTo(odd);
        }
    }

    @Test
    void textRefersToThePath() throws IOException {
        try (FakeServer server = FakeServer.start(url(), Script.parse("C: where?\nS: ${path}"));
                Client client = Client.of(server)) {
            client.send("where?");
            assertThat(client.receive()).isEqualTo(server.path().toString());
        }
    }

    @Test
    void aPrivatePathGoesWithItsServer() throws IOException {
        Path path;
        try (FakeServer server = FakeServer.start("unix:");
                FakeServer other = FakeServer.start("unix:")) {
            path = server.path();
            assertThat(other.path()).isNotEqualTo(path);
            assertThat(path.toString().length()).isLessThan(80);
            assertThat(permissionsOfDirectory(path)).isEqualTo("rwx------");
        }
        assertThat(path.getParent()).doesNotExist();
    }

    @Test
    void aPrivatePathCanBeReachedByThoseWhoMayUseIt() throws IOException {
        try (FakeServer server = FakeServer.start("unix:?umask=0")) {
            assertThat(permissions(server.path())).isEqualTo("rwxrwxrwx");
            assertThat(permissionsOfDirectory(server.path())).isEqualTo("rwx--x--x");
        }
        try (FakeServer server = FakeServer.start("unix:?umask=022")) {
            assertThat(permissionsOfDirectory(server.path())).isEqualTo("rwx------");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "umask=0000, rwxrwxrwx",
        "umask=022,  rwxr-xr-x",
        "umask=0027, rwxr-x---",
        "umask=0077, rwx------",
        "umask=0177, rw-------",
        "umask=777,  ---------",
        "mode=0600,  rw-------",
        "mode=0666,  rw-rw-rw-",
        "mode=0,     ---------"
    })
    void hasTheModeThatWasAskedFor(String option, String expected) throws IOException {
        try (FakeServer server = FakeServer.start(url() + "?" + option)) {
            assertThat(permissions(server.path())).isEqualTo(expected);
            assertThat(directory.toFile().list()).containsExactly("x.sock");
            server.refuse();
            server.listen();
            assertThat(permissions(server.path())).isEqualTo(expected);
            assertThat(directory.toFile().list()).containsExactly("x.sock");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void leavesTheProcesssOwnUmaskAlone() throws IOException {
        String before = permissions(Files.createDirectory(directory.resolve("before")));
        try (FakeServer server = FakeServer.start(url() + "?umask=0177")) {
            assertThat(permissions(Files.createDirectory(directory.resolve("during"))))
                    .isEqualTo(before);
            try (FakeServer plain = FakeServer.start("unix:")) {
                assertThat(permissions(plain.path())).isEqualTo(before);
            }
            assertThat(permissions(server.path())).isEqualTo("rw-------");
        }
    }

    @Test
    void keepsTheModeThatTheTestHasSetWhenItListensAgain() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            Files.setPosixFilePermissions(server.path(), PosixFilePermissions.fromString("rwx-w--w-"));
            server.refuse();
            server.listen();
            assertThat(permissions(server.path())).isEqualTo("rwx-w--w-");
        }
    }

    @Test
    void aLongPathIsReachedWithAModeToo() throws IOException {
        Path deep = directory;
        while (deep.toString().length() < 95) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        Path path = deep.resolve("x".repeat(106 - deep.toString().length() - 1));
        try (FakeServer server = FakeServer.start("unix:" + path + "?umask=0177", echo());
                Client client = Client.of(server)) {
            assertThat(path.toString()).hasSize(106);
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hello");
            assertThat(deep.toFile().list()).hasSize(1);
        }
    }

    @Test
    void knowsWhoItsClientIs() throws IOException {
        try (FakeServer server = FakeServer.start(url());
                Client client = Client.of(server)) {
            client.send("hello");
            Exchange exchange = server.recording().awaitReceived("hello");
            String user = Files.getOwner(directory).getName();
            assertThat(exchange.clientCredentials())
                    .map(ClientCredentials::user)
                    .contains(user);
            assertThat(exchange.client()).isEmpty();
            assertThat(exchange.toString()).contains("opened by an unnamed socket of user " + user + ", group ");
        }
    }

    @Test
    void knowsTheNameOfAClientThatHasOne() throws IOException {
        Path own = directory.resolve("client.sock");
        try (FakeServer server = FakeServer.start(url());
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.bind(UnixDomainSocketAddress.of(own));
            assertThat(client.connect(server.socketAddress())).isTrue();
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(exchange.client()).contains(UnixDomainSocketAddress.of(own));
            assertThat(exchange.toString()).contains("opened by " + own + " of user ");
        }
    }

    @Test
    void speaksTlsWhereTheScriptBeginsIt() throws IOException {
        try (FakeServer server = FakeServer.start(
                        url(), expectLine("STARTTLS"), sendLine("go"), startTls(), expectLine("in"), sendLine("out"));
                TestClient clear = TestClient.connect(server)) {
            assertThat(clear.send("STARTTLS\r\n").readLine()).isEqualTo("go\r\n");
            try (TestClient secure = clear.startTls(server)) {
                assertThat(secure.send("in\r\n").readLine()).isEqualTo("out\r\n");
                server.verify();
            }
        }
    }

    @Test
    void speaksTlsFromTheFirstByteWhereThatIsTheFirstStep() throws IOException {
        try (FakeServer server = FakeServer.start(url(), startTls(), echo());
                TestClient clear = TestClient.connect(server);
                TestClient secure = clear.startTls(server)) {
            assertThat(secure.send("hello\n").readLine()).isEqualTo("hello\n");
            assertThat(server.recording().exchanges().get(0).handshake()).isPresent();
            server.verify();
        }
    }

    @Test
    void aClientThatLeavesWithUnreadBytesHasResetTheConnection() throws IOException {
        try (FakeServer server = FakeServer.start(url(), sendLine("unread"), expectLine("never"));
                Client client = Client.of(server)) {
            Exchange exchange = server.recording().awaitExchange(0);
            assertThat(server.recording()
                            .await(
                                    r -> exchange.has(Event.Kind.SENT),
                                    server.spec().timeout()))
                    .isTrue();
            client.close();
            assertThat(exchange.awaitEnd().has(Event.Kind.RESET_BY_CLIENT)).isTrue();
        }
    }

    @Test
    void refusesAResetWhichUnixSocketsHaveNot() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("unix:", expectLine("a"), reset()))
                .withMessage("over unix, @reset needs TCP: Unix sockets have no RST; use @close");
        try (FakeServer server = FakeServer.start("unix:");
                Client client = Client.of(server)) {
            client.send("hello");
            Connection connection = server.accept();
            assertThatThrownBy(connection::reset)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("Unix sockets have no RST; use close()");
        }
    }

    @Test
    void honoursTheBacklog() throws IOException {
        UnixAddress address = new UnixAddress(ServerSpec.parse("unix:?backlog=1"));
        List<SocketChannel> queued = new ArrayList<>();
        try (ServerSocketChannel unserved = address.bind()) {
            assertThat(unserved.isOpen()).isTrue();
            for (int i = 0; i < 2; i++) {
                queued.add(SocketChannel.open(address.endpoint().socketAddress()));
            }
            try (SocketChannel third = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                third.configureBlocking(false);
                assertThatThrownBy(() -> third.connect(address.endpoint().socketAddress()))
                        .hasMessage("Resource temporarily unavailable");
            }
        } finally {
            address.close();
            for (SocketChannel channel : queued) {
                channel.close();
            }
        }
    }

    @Test
    void itsFileStaysWhileItRefuses() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            server.refuse();
            assertThat(server.path()).exists();
            assertThatThrownBy(() -> SocketChannel.open(server.socketAddress())).isInstanceOf(ConnectException.class);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void doesNotListenAgainIfItsFileWasReplaced() throws IOException {
        try (FakeServer server = FakeServer.start(url())) {
            server.refuse();
            Files.delete(server.path());
            assertThatThrownBy(server::listen)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(server.uri() + " cannot listen again: its file was deleted in the meantime");
            Files.writeString(server.path(), "mine");
            assertThatThrownBy(server::listen)
                    .hasMessage(server.uri()
                            + " cannot listen again: a file that is not a socket is there, and is never replaced;"
                            + " use another path, or no path for a private socket");
            server.close();
            assertThat(server.path()).hasContent("mine");
        }
    }

    @Test
    void deletesNoFileButItsOwn() throws IOException {
        FakeServer server = FakeServer.start(url());
        Files.delete(server.path());
        server.close();

        FakeServer replaced = FakeServer.start(url());
        Files.delete(replaced.path());
        try (FakeServer successor = FakeServer.start(url(), echo())) {
            replaced.close();
            try (Client client = Client.of(successor)) {
                client.send("still there");
                assertThat(client.receive()).isEqualTo("still there");
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theSocketOfALivingServerIsNeverReplaced() {
        try (FakeServer living = FakeServer.start(url())) {
            for (String option : List.of("", "?umask=0177", "?replaceStale=true", "?replaceStale=true&umask=0")) {
                assertThatThrownBy(() -> FakeServer.start(url() + option))
                        .isInstanceOf(ServerStartException.class)
                        .hasMessage("cannot start " + living.uri()
                                + ": a running server uses this path; use another path, or no path for a private"
                                + " socket");
            }
        }
    }

    @Test
    void aFileThatIsNotASocketIsNeverReplaced() throws IOException {
        Path file = Files.writeString(directory.resolve("x.sock"), "precious");
        for (String option : List.of("", "?umask=0177", "?replaceStale=true", "?replaceStale=true&umask=0")) {
            assertThatThrownBy(() -> FakeServer.start(url() + option))
                    .hasMessage("cannot start unix://" + file
                            + ": a file that is not a socket is there, and is never replaced; use another path, or"
                            + " no path for a private socket");
        }
        assertThat(file).hasContent("precious");
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void aSocketThatADeadProcessHasLeftIsReplacedWhereThatIsAskedFor() throws IOException {
        Path path = directory.resolve("x.sock");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path))
                .close();
        for (String option : List.of("", "?umask=0177")) {
            assertThatThrownBy(() -> FakeServer.start(url() + option))
                    .hasMessage("cannot start unix://" + path
                            + ": a stale socket of a dead process is there; delete it, or set replaceStale to"
                            + " replace it");
        }
        try (FakeServer server = FakeServer.start(url() + "?replaceStale=true", echo());
                Client client = Client.of(server)) {
            client.send("hello");
            assertThat(client.receive()).isEqualTo("hello");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aPathThatCannotBeSaysWhatToDo() throws IOException {
        assertThatThrownBy(() -> FakeServer.start("unix:" + directory + "/none/x.sock"))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("cannot start unix://" + directory + "/none/x.sock: the directory " + directory
                        + "/none does not exist; create it first, or use no path for a private socket");
        assertThatThrownBy(() -> FakeServer.start("unix:" + directory + "/none/x:"))
                .hasMessageStartingWith("cannot start unix://" + directory + "/none/x:: the directory ");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> FakeServer.start("unix:" + file + "/x.sock?umask=0"))
                .hasMessage("cannot start unix://" + file + "/x.sock: " + file
                        + " is not a directory; create it first, or use no path for a private socket");
        assertThat(directory.toFile().list()).containsExactly("file");
    }

    @Test
    void aServerIsNotDisturbedByOneThatWantsItsPath() {
        for (String umask : List.of("", "?umask=0177")) {
            try (FakeServer living = FakeServer.start(url() + umask)) {
                for (String option : List.of("", "?umask=0177", "?replaceStale=true")) {
                    assertThatThrownBy(() -> FakeServer.start(url() + option)).isInstanceOf(ServerStartException.class);
                }
                assertThat(living.recording().await(r -> !r.exchanges().isEmpty(), Duration.ZERO))
                        .isFalse();
                living.refuse();
                assertThatThrownBy(() -> FakeServer.start(url() + "?replaceStale=true"))
                        .hasMessageContaining(": a running server uses this path");
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherProgramIsNotDisturbedByAServerThatWantsItsPath() throws IOException {
        Path path = directory.resolve("ü x.sock");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.configureBlocking(false);
            other.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(() -> FakeServer.start(
                            ServerSpec.builder(Transport.UNIX).path(path).build()))
                    .hasMessageContaining(": a running server uses this path");
            assertThat(other.accept()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix", "udg"})
    void itsFileIsItsOwnWhateverItsTimes(String transport) throws Exception {
        for (String address : List.of("", directory.resolve("y.sock").toString())) {
            FakeServer server = FakeServer.start(transport + ":" + address);
            String printed =
                    Program.run("", "touch", "-d", "2020-02-02", server.path().toString());
            assertThat(printed).isEmpty();
            server.close();
            assertThat(server.path()).doesNotExist();
            if (address.isEmpty()) {
                assertThat(server.path().getParent()).doesNotExist();
            }
        }
    }

    @Test
    void aTemporaryDirectoryThatIsMissingIsTheReason() throws Exception {
        Path missing = directory.resolve("none");
        String printed =
                ChildJvm.run(WithoutTemporaryDirectory.class, ChildJvm.CLASS_PATH, "-Djava.io.tmpdir=" + missing);
        // JDK 25 warns of such a directory
        assertThat(printed.replaceAll("WARNING: .*\n", ""))
                .isEqualTo("cannot start unix: the directory " + missing
                        + " for temporary files does not exist; create it, or set java.io.tmpdir to another\n");
    }

    private static String permissionsOfDirectory(Path path) throws IOException {
        return permissions(Objects.requireNonNull(path.getParent()));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
