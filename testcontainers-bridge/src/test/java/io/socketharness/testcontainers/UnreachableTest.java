package io.socketharness.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.socketharness.FakeServer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;

/** What cannot work is told before a container starts, and needs no engine. */
class UnreachableTest {

    private final GenericContainer<?> container = new GenericContainer<>("localhost/none");

    @TempDir
    private Path directory;

    @Test
    void datagramsOnLoopback() {
        assertRefused(
                "udp:",
                "%s cannot be reached from a container: the host gateway does not reach loopback addresses, and the"
                        + " tunnel carries only TCP; bind it to 0.0.0.0");
        assertRefused(
                "dtls://localhost:0",
                "%s cannot be reached from a container: the host gateway does not reach loopback addresses, and the"
                        + " tunnel carries only TCP; bind it to 0.0.0.0");
    }

    @Test
    void anAddressOfIpv6() throws Exception {
        String address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(found -> found instanceof Inet6Address && !found.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseGet(() -> abort("this machine has no address of IPv6 to bind to"));

        assertRefused(
                "tcp://[" + address + "]:0",
                "%s cannot be reached from a container: containers have only IPv4 by default; bind it to ::");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void loopbackAddressesThatAreNotLocalhost() {
        assertRefused(
                "tcp://127.0.0.2:0",
                "%s cannot be reached from a container: the tunnel ends at localhost, which is 127.0.0.1; bind it to"
                        + " localhost, or to 0.0.0.0 for the host gateway");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void abstractNames() {
        assertRefused(
                "unix:@harness-" + ProcessHandle.current().pid(),
                "%s cannot be reached from a container: an abstract name exists only in one network namespace, and"
                        + " a container has its own; bind the server to a path, or use no path for a private socket");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void pathsInDirectoriesThatContainersHaveOfTheirOwn() {
        assertRefused(
                "unix:/tmp/harness-" + ProcessHandle.current().pid(),
                "%s has its socket in /tmp, which would hide the container's own; use a separate directory for the"
                        + " socket, use no path for a private socket, or pass the directory to mount it at, as in"
                        + " expose(server, container,"
                        + " \"/sockets\")");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoriesThatAreNone() {
        try (FakeServer server = FakeServer.start("unix:")) {
            assertThatThrownBy(() -> ContainerAddress.expose(server, container, "run/api"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cannot mount unix://" + server.path()
                            + " at \"run/api\"; an absolute path without a colon is allowed, such as /run/app");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoriesThatAreTaken() {
        try (FakeServer one = FakeServer.start("unix:");
                FakeServer two = FakeServer.start("unix:")) {
            ContainerAddress first = ContainerAddress.expose(one, container, "/run/api");

            assertThat(first.path()).isEqualTo("/run/api/socket");
            assertThatThrownBy(() -> ContainerAddress.expose(two, container, "/run/api"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "directory \"/run/api\" is in use for " + one.path().getParent() + ", and cannot be "
                                    + two.path().getParent() + " of unix://" + two.path()
                                    + " too; mount it at another directory, or put both sockets into one directory");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void serversOfOneDirectoryShareItsMount() {
        try (FakeServer one = FakeServer.start("unix:" + directory.resolve("one"));
                FakeServer two = FakeServer.start("udg:" + directory.resolve("two"))) {
            ContainerAddress first = ContainerAddress.expose(one, container);
            ContainerAddress second = ContainerAddress.expose(two, container);

            assertThat(first).hasToString("unix://" + directory + "/one");
            assertThat(second).hasToString("udg://" + directory + "/two");
            assertThat(container.getBinds()).hasSize(1);
        }
    }

    @Test
    void aDirectoryForAServerWithAPort() {
        try (FakeServer server = FakeServer.start("tcp:")) {
            assertThatThrownBy(() -> ContainerAddress.expose(server, container, "/run/api"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tcp://127.0.0.1:" + server.port()
                            + " has a host and a port, and no directory to mount; call expose(server, container)");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesMissingPartsOfAnAddress() {
        try (FakeServer tcp = FakeServer.start("tcp://0.0.0.0:0");
                FakeServer unix = FakeServer.start("unix:" + directory.resolve("one"))) {
            ContainerAddress port = ContainerAddress.expose(tcp, container);
            ContainerAddress path = ContainerAddress.expose(unix, container);

            assertThatThrownBy(port::path)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("tcp://host.docker.internal:" + tcp.port()
                            + " has a host and a port, not a path: use host() and port()");
            assertThatThrownBy(path::host)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("unix://" + directory + "/one has a path, not a host and a port: use path()");
            assertThatThrownBy(path::port)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("unix://" + directory + "/one has a path, not a host and a port: use path()");
        }
    }

    private void assertRefused(String url, String message) {
        try (FakeServer server = FakeServer.start(url)) {
            assertThatThrownBy(() -> ContainerAddress.expose(server, container))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message.formatted(server.recording().title()));
        }
    }
}
