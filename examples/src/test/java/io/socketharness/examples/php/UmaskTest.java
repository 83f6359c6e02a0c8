package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Row 17, a Unix socket's mode follows the umask, and {@code umask(0)} before the call opens it to all. Here
 * {@code umask=} is for one server, and that of the process stays as it is.
 */
@Timeout(60)
class UmaskTest {

    private static final String READ = """
            $socket = @stream_socket_client($argv[1], $errno, $errstr);
            echo $socket ? stream_get_contents($socket) : "$errno $errstr\\n";
            """;

    private static final String GREETING = """
            @eol lf
            S: come in
            @close
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void letOthersPassThrough() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    // tag::umask[]
    @ParameterizedTest
    @CsvSource({"0000, rwxrwxrwx", "0022, rwxr-xr-x", "0077, rwx------", "0177, rw-------"})
    void hasTheSameModeAsPhp(String umask, String mode) throws Exception {
        try (FakeServer ours = FakeServer.start("unix:" + directory + "/ours.sock?umask=" + umask);
                PhpServer php = PhpServer.start("unix.php", directory.resolve("php.sock"), umask)) {
            assertThat(mode(Path.of(php.uri().getPath()))).isEqualTo(mode);
            assertThat(mode(ours.path())).isEqualTo(mode);
        }
    }
    // end::umask[]

    @ParameterizedTest
    @CsvSource({
        "0000, come in",
        "0022, 13 Permission denied", // to connect is to write
        "0077, 13 Permission denied",
        "0177, 13 Permission denied"
    })
    void letsInWhomPhpsSocketLetsIn(String umask, String answer) throws Exception {
        assumeTrue(isRoot(), "only root can be another user");
        ServerSpec spec = ServerSpec.parse("unix:" + directory + "/ours.sock?umask=" + umask);
        try (FakeServer ours = FakeServer.start(spec, Script.parse(GREETING));
                PhpServer php = PhpServer.start("unix.php", directory.resolve("php.sock"), umask)) {
            for (Path socket : new Path[] {ours.path(), Path.of(php.uri().getPath())}) {
                assertThat(Php.eval(READ, "unix://" + socket)).isEqualTo("come in\n"); // the owner
                assertThat(asNobody("php", "-r", READ, "--", "unix://" + socket))
                        .isEqualTo(answer + "\n");
                assertThat(asNobody("socat", "-u", "UNIX-CONNECT:" + socket, "STDOUT"))
                        .contains(answer.replace("13 ", ""));
            }
        }
    }

    // tag::open[]
    @Test
    @SocketServer(transport = "unix", umask = "0000", script = GREETING)
    void letsAllUsersConnect(FakeServer ours) throws Exception {
        assumeTrue(isRoot(), "only root can be another user");

        assertThat(asNobody("php", "-r", READ, "--", ours.uri().toString())).isEqualTo("come in\n");
    }
    // end::open[]

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    @Test
    void phpLeavesItsFileBehind() throws Exception {
        Path path = directory.resolve("x.sock");
        try (FakeServer ours = FakeServer.start("unix:" + path)) {
            assertThat(ours.path()).exists();
        }
        assertThat(path).doesNotExist();

        Php.eval("fclose(stream_socket_server('unix://' . $argv[1]));", path);
        assertThat(path).exists();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String asNobody(String... command) throws Exception {
        Program.require(command[0]);
        String[] whole = new String[command.length + 4];
        System.arraycopy(new String[] {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}, 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        return Program.run("", whole);
    }
}
