package io.socketharness;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.close;
import static io.socketharness.script.Behaviours.echo;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.send;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.startTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of Unix sockets that are not ours, and not written in Java. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class UnixInteropTest {

    private static final int NOBODY = 65534;

    private final Script page = Script.parse("""
            C: GET /greeting HTTP/1.1
            @frame until \\r\\n\\r\\n
            @receive headers
            @frame none
            S: HTTP/1.1 200 OK
            S: Content-Length: 11
            S:
            S< hello, curl
            """);

    @Test
    void curlGetsAPage() throws Exception {
        try (FakeServer server = FakeServer.start("unix:", page)) {
            assertThat(curl(server, "http://daemon/greeting")).isEqualTo("hello, curl");
            assertThat(server).connection(0).receivedContaining("Host: daemon\r\n");
            server.verify();
        }
    }

    @Test
    void curlGetsAPageOverTls() throws Exception {
        try (FakeServer server = FakeServer.start(
                "unix:",
                startTls(),
                expectLine("GET /greeting HTTP/1.1"),
                send("HTTP/1.1 200 OK\r\n\r\nsecret"),
                close())) {
            assertThat(curl(
                            server,
                            "https://localhost/greeting",
                            "--cacert",
                            server.tls().caPemFile().toString()))
                    .isEqualTo("secret");
            assertThat(server).connection(0).negotiated("TLSv1.3").requestedServerName("localhost");
        }
    }

    private static String curl(FakeServer server, String url, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "20", "--unix-socket"));
        command.add(server.path().toString());
        command.addAll(List.of(options));
        command.add(url);
        return Program.run("", command.toArray(String[]::new));
    }

    @Test
    void opensslSpeaksTls() throws Exception {
        try (FakeServer server = FakeServer.start("unix:", startTls(), expectLine("hello"), sendLine("bye"), close())) {
            assertThat(Program.run(
                            "hello\n",
                            "openssl",
                            "s_client",
                            "-quiet",
                            "-unix",
                            server.path().toString(),
                            "-CAfile",
                            server.tls().caPemFile().toString()))
                    .contains("verify return:1")
                    .endsWith("bye\r\n");
            server.verify();
        }
    }

    @Test
    void socatAndNetcat() throws Exception {
        try (FakeServer server = FakeServer.start("unix:", echo())) {
            assertThat(Program.run("hello\n", "socat", "-t5", "-", "UNIX-CONNECT:" + server.path()))
                    .isEqualTo("hello\n");
            assertThat(Program.run("hello\n", "nc", "-N", "-U", server.path().toString()))
                    .isEqualTo("hello\n");
            assertThat(server).hasConnections(2);
            server.verify();
        }
    }

    @Test
    void socatSendsDatagramsAndReadsTheAnswers(@TempDir Path directory) throws Exception {
        Path own = directory.resolve("socat.sock");
        try (FakeServer server = FakeServer.start("udg:", echo())) {
            assertThat(Program.run("hello", "socat", "-t2", "-", "UNIX-SENDTO:" + server.path() + ",bind=" + own))
                    .isEqualTo("hello");
            assertThat(server.recording().exchanges().get(0).toString()).contains("opened by " + own);
            server.verify();
        }
    }

    @Test
    void abstractNamesAreReached() throws Exception {
        String name = "socket-harness-interop-" + System.nanoTime();
        try (FakeServer server = FakeServer.start("unix:@" + name, echo())) {
            assertThat(Program.run("hello\n", "socat", "-t5", "-", "ABSTRACT-CONNECT:" + name))
                    .isEqualTo("hello\n");
            server.verify();
        }
        try (FakeServer server = FakeServer.start("udg:@" + name)) {
            assertThat(Program.run("hello", "socat", "-u", "-", "ABSTRACT-SENDTO:" + name))
                    .isEmpty();
            assertThat(server.recording()).received("hello");
        }
    }

    @Test
    void phpIsAClientOfBoth() throws Exception {
        try (FakeServer stream = FakeServer.start("unix:", send("12:00\n"), close())) {
            assertThat(php("echo stream_get_contents(stream_socket_client('" + stream.uri() + "'));"))
                    .isEqualTo("12:00\n");
            stream.verify();
        }
        try (FakeServer datagrams = FakeServer.start("udg:")) {
            assertThat(php("fwrite(stream_socket_client('" + datagrams.uri() + "'), 'orders:1|c');"))
                    .isEmpty();
            assertThat(datagrams.recording()).received("orders:1|c");
        }
    }

    @Test
    void phpIsRefused() throws Exception {
        try (FakeServer server = FakeServer.start("unix:")) {
            server.refuse();
            assertThat(php("var_dump(@stream_socket_client('" + server.uri() + "', $no, $text)); echo \"$no $text\";"))
                    .isEqualTo("bool(false)\n111 Connection refused");
        }
    }

    @Test
    void loggerWritesToSyslog() throws Exception {
        try (FakeServer server = FakeServer.start("udg:")) {
            assertThat(Program.run(
                            "",
                            "logger",
                            "--socket",
                            server.path().toString(),
                            "-p",
                            "mail.err",
                            "-t",
                            "test",
                            "hello"))
                    .isEmpty();
            assertThat(server.recording()).receivedMatching("<19>.* test: hello");
        }
    }

    @Test
    void dockerAsksAnEngineForItsVersion() throws Exception {
        Script engine = Script.parse("""
                @match
                C: HEAD /_ping HTTP/1.1
                @frame until \\r\\n\\r\\n
                @receive headers
                @frame none
                S: HTTP/1.1 200 OK
                S: Api-Version: 1.41
                S: Content-Length: 0
                S:
                @or
                C~ GET (/v1.41)?/version HTTP/1.1
                @frame until \\r\\n\\r\\n
                @receive headers
                @frame none
                S: HTTP/1.1 200 OK
                S: Content-Type: application/json
                S: Content-Length: 70
                S:
                S< {"Version":"99.1","ApiVersion":"1.41","Os":"linux","Arch":"harness64"}
                @end
                """);
        try (FakeServer server = FakeServer.start("unix:", engine)) {
            assertThat(Program.run(
                            "",
                            "docker",
                            "-H",
                            server.uri().toString(),
                            "version",
                            "--format",
                            "{{.Server.Version}} {{.Server.Arch}}"))
                    .isEqualTo("99.1 harness64\n");
            assertThat(server).connection(0).receivedContaining("User-Agent: Docker-Client/");
            server.verify();
        }
    }

    @ParameterizedTest
    @CsvSource({"0777, rwxrwxrwx, true", "0755, rwxr-xr-x, false", "0700, rwx------, false", "0600, rw-------, false"})
    void anotherUserIsLetInWhereTheModeSays(String mode, String permissions, boolean letIn) throws Exception {
        requireRoot();
        try (FakeServer server = FakeServer.start(everybodysDirectory() + "?mode=" + mode)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
                    .isEqualTo(permissions);
            String said = asNobody(
                    "php",
                    "-r",
                    "echo @stream_socket_client('unix://" + server.path()
                            + "', $no, $text) ? 'connected' : \"$no $text\";");
            assertThat(said).isEqualTo(letIn ? "connected" : "13 Permission denied");
            if (letIn) {
                assertThat(server).connection(0).hasClientUser("nobody").hasClientGroup("nogroup");
            } else {
                assertThat(asNobody("socat", "-u", "/dev/null", "UNIX-CONNECT:" + server.path()))
                        .contains("Permission denied");
                assertThat(server).hasConnections(0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, unix", "0022, unix", "0077, unix", "0177, unix", "0, udg", "0022, udg", "0077, udg", "0177, udg"})
    void aUmaskDoesWhatPhpsDoes(String umask, String transport, @TempDir Path directory) throws Exception {
        Path path = directory.resolve("php.sock");
        String flags = transport.equals("udg") ? ", $no, $text, STREAM_SERVER_BIND" : "";
        String mode = php("umask(0" + umask + "); $s = stream_socket_server('" + transport + "://" + path + "'" + flags
                + "); printf('%04o', fileperms('" + path + "') & 0777);");
        try (FakeServer server = FakeServer.start(transport + ":?umask=" + umask)) {
            int ours = (int) Files.getAttribute(server.path(), "unix:mode") & 0777;
            assertThat("%04o".formatted(ours)).isEqualTo(mode);
        }
    }

    private static void requireRoot() {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "only root can run a program as another user, by setpriv");
    }

    /** A private path is for its owner alone: its directory lets in nobody but those that the mode lets in. */
    private static String everybodysDirectory() throws IOException {
        Path directory = Files.createTempDirectory("everybody");
        directory.toFile().deleteOnExit();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "unix:" + directory.resolve("x.sock");
    }

    private static String asNobody(String... command) throws Exception {
        Program.require(command[0]);
        List<String> whole =
                new ArrayList<>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        whole.addAll(List.of(command));
        return Program.run("", whole.toArray(String[]::new));
    }

    private static String php(String code) throws Exception {
        return Program.run("", "php", "-r", code);
    }
}
