package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 4, the {@code socket} options of a context: the backlog, and who gets in over IPv4 and IPv6. */
@Timeout(60)
class SocketOptionsTest {

    @Test
    void hasTheBacklogThatWasAskedFor(@SocketServer(backlog = 7) FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("listening.php", "tcp://127.0.0.1:0", "{\"socket\": {\"backlog\": 7}}")) {
            assertThat(backlog(ours.uri())).isEqualTo(backlog(php.uri())).isEqualTo("7");
        }
    }

    @Test
    void otherwiseTakesManyWherePhpTakes32(@SocketServer FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("listening.php", "tcp://127.0.0.1:0")) {
            assertThat(backlog(php.uri())).isEqualTo("32");
            assertThat(backlog(ours.uri())).isEqualTo("1024");
        }
    }

    @Test
    void anIpv4AddressIsForIpv4Alone(@SocketServer(host = "0.0.0.0") FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("listening.php", "tcp://0.0.0.0:0")) {
            for (int port : new int[] {php.port(), ours.port()}) {
                assertThat(Php.connect("tcp://127.0.0.1:" + port)).isEqualTo("connected");
                assertThat(Php.connect("tcp://[::1]:" + port)).isEqualTo("111 Connection refused");
            }
        }
    }

    @Test
    void allOfIpv6IsForBoth(@SocketServer(host = "::") FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("listening.php", "tcp://[::]:0")) {
            for (int port : new int[] {php.port(), ours.port()}) {
                assertThat(Php.connect("tcp://127.0.0.1:" + port)).isEqualTo("connected");
                assertThat(Php.connect("tcp://[::1]:" + port)).isEqualTo("connected");
            }
        }
    }

    @Test
    void saysWhyAnOptionCannotBeSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FakeServer.start("tcp://[::]:0?ipv6_v6only=true"))
                .withMessage("\"tcp://[::]:0?ipv6_v6only=true\": ipv6_v6only cannot be set because the JDK has no such"
                        + " option; use 0.0.0.0 for IPv4 only, [::] for IPv4 and IPv6");
    }

    /** What the system says: of a socket that listens, the second number of ss(8) is its backlog. */
    private static String backlog(URI server) throws Exception {
        return Program.run("", "ss", "-Hltn", "sport = :" + server.getPort()).split("\\s+")[2];
    }
}
