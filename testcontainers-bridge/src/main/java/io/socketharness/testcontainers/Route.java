package io.socketharness.testcontainers;

import io.socketharness.FakeServer;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.testcontainers.containers.GenericContainer;

/** A route from a container to a port of this machine. */
@FunctionalInterface
interface Route {

    /**
     * Prepares the container.
     *
     * @return the host name or address of this machine for the container
     */
    String open(GenericContainer<?> container);

    /** Returns the route to a server, which depends on the address that it is bound to. */
    static Route to(FakeServer server) {
        InetAddress bound = resolve(server.spec().host());
        if (bound.isAnyLocalAddress()) {
            return new HostGateway(server);
        }
        if (bound.isLoopbackAddress()) {
            return tunnel(server, bound);
        }
        if (bound instanceof Inet6Address) {
            throw unreachable(server, "containers have only IPv4 by default; bind it to ::");
        }
        return container -> bound.getHostAddress();
    }

    private static Route tunnel(FakeServer server, InetAddress bound) {
        if (server.spec().transport().isDatagrams()) {
            throw unreachable(
                    server,
                    "the host gateway does not reach loopback addresses, and the tunnel carries only TCP; bind it"
                            + " to 0.0.0.0");
        }
        InetAddress end = resolve("localhost");
        if (!bound.equals(end)) {
            throw unreachable(
                    server,
                    "the tunnel ends at localhost, which is " + end.getHostAddress()
                            + "; bind it to localhost, or to 0.0.0.0 for the host gateway");
        }
        return new Tunnel(server);
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static IllegalArgumentException unreachable(FakeServer server, String why) {
        return new IllegalArgumentException(server.recording().title() + " cannot be reached from a container: " + why);
    }
}
