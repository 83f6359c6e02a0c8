package io.socketharness.junit5;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Servers on Unix sockets: what is declared and what is injected. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a umask needs permissions of POSIX")
class UnixTest {

    // Fields: static = one for the class, instance = one for each test. Unix sockets with the umask one asks for.
    @Nested
    class LogShipperTest {
        @SocketServer(transport = "unix", umask = "0177")
        FakeServer syslog;

        @Test
        void refusesToRunWhenTheSocketIsNotOurs() throws Exception {
            assertThat(Files.getPosixFilePermissions(syslog.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void injectsTheAddressesOfTheSocket() {
        Run.of(Injected.class).passed(1);
    }

    @SocketServer(transport = "unix", mode = "0600", script = "C: PING\nS: PONG")
    static class Injected {
        @Test
        void all(
                FakeServer server,
                Recording recording,
                @FromServer Path path,
                UnixDomainSocketAddress address,
                SocketAddress any,
                URI uri)
                throws IOException {
            assertThat(path).isEqualTo(server.path());
            assertThat(address).isEqualTo(any).isEqualTo(UnixDomainSocketAddress.of(path));
            assertThat(uri).isEqualTo(URI.create("unix://" + path));
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            try (SocketChannel client = SocketChannel.open(address)) {
                client.write(ByteBuffer.wrap("PING\n".getBytes(StandardCharsets.UTF_8)));
                assertThat(recording).connection(0).sent("PONG\r\n");
            }
        }
    }

    @Test
    void reportsValuesThatUnixSocketsDoNotHave() {
        Run run = Run.of(Wrong.class);

        run.counts(0, 6, 0);
        assertThat(run.message("port").replaceAll("unix:///\\S+", "PATH"))
                .isEqualTo("@SocketServer on parameter [port] of [port()]: PATH has a path, not a host and a port: use"
                        + " path() or socketAddress()");
        assertThat(run.message("address").replaceAll("unix:///\\S+", "PATH"))
                .isEqualTo("parameter [address] of [address()]: PATH has a path, not a host and a port: use path() or"
                        + " socketAddress()");
        assertThat(run.message("path"))
                .isEqualTo(
                        "parameter [address] of [path()]: tcp://127.0.0.1:PORT has a host and a port, not a path: use"
                                + " address()");
        assertThat(run.message("relative"))
                .isEqualTo("@SocketServer on method [relative()]: path \"x.sock\" is relative, and would depend on"
                        + " the working directory of the JVM; an absolute path is allowed, such as /run/x.sock, or"
                        + " @name for an abstract name, or no path for a private socket");
        assertThat(run.message("umask"))
                .isEqualTo(
                        "@SocketServer on method [umask()]: umask is \"rw\"; an octal number from 0 to 0777 is allowed,"
                                + " such as 0177");
        assertThat(run.message("overTcp"))
                .isEqualTo(
                        "@SocketServer on method [overTcp()]: path, umask, mode and replaceStale are for unix and udg;"
                                + " over tcp a server has a host and a port");
    }

    static class Wrong {
        @Test
        void port(@SocketServer(transport = "unix") int port) {}

        @Test
        @SocketServer(transport = "unix")
        void address(InetSocketAddress address) {}

        @Test
        @SocketServer
        void path(UnixDomainSocketAddress address) {}

        @Test
        @SocketServer(transport = "unix", path = "x.sock")
        void relative() {}

        @Test
        @SocketServer(transport = "unix", umask = "rw")
        void umask() {}

        @Test
        @SocketServer(umask = "0177")
        void overTcp() {}
    }
}
