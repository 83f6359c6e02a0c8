package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import io.socketharness.testing.Program;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 8, {@code tcp://[fe80::1]:80}: IPv6 in brackets, with a zone where an address needs one. */
@Timeout(60)
class Ipv6Test {

    private static final String GREETING = """
            @eol lf
            S: good day
            @close
            """;

    @Test
    void standsInBrackets(@SocketServer(host = "::1", script = GREETING) FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("tcp-time.php", "tcp://[::1]:0")) {
            assertThat(php.uri().toString()).matches("tcp://\\[::1]:\\d+");
            assertThat(ours.uri().toString()).matches("tcp://\\[::1]:\\d+");
        }
        assertThat(Php.readAll(ours.uri())).isEqualTo("good day\n");
    }

    @Test
    void hasAZoneWhereItNeedsOne() throws Exception {
        Optional<String> found = linkLocal();
        assumeTrue(found.isPresent(), "this machine has no link-local address");
        String address = found.orElseThrow();
        ServerSpec spec = ServerSpec.parse("tcp://[" + address + "]:0"); // such as fe80::1%eth0
        try (FakeServer server = FakeServer.start(spec, Script.parse(GREETING))) {
            assertThat(server.host()).isEqualTo(address);
            assertThat(Php.readAll("tcp://[" + address + "]:" + server.port())).isEqualTo("good day\n");
            assertThat(Program.run("", "nc", "-w5", address, String.valueOf(server.port())))
                    .isEqualTo("good day\n");
        }
        try (PhpServer php = PhpServer.start("tcp-time.php", "tcp://[" + address + "]:0")) {
            assertThat(php.uri().toString()).startsWith("tcp://[fe80::").doesNotContain("%"); // nobody can dial that
        }
    }

    /** A link-local address of this machine. */
    private static Optional<String> linkLocal() throws Exception {
        return NetworkInterface.networkInterfaces()
                .sorted(Comparator.comparingInt(NetworkInterface::getIndex)) // the oldest: others come and go
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
