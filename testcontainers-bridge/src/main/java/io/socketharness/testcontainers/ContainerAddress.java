package io.socketharness.testcontainers;

import io.socketharness.FakeServer;
import io.socketharness.Transport;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * The address at which a container reaches a fake server in the test's JVM.
 *
 * <pre>{@code
 * ContainerAddress smtp = ContainerAddress.expose(server, container); // before the container starts
 * container.withEnv("SMTP_HOST", smtp.host()).withEnv("SMTP_PORT", String.valueOf(smtp.port()));
 * container.start();
 * }</pre>
 *
 * <p>The route depends on the address that the server is bound to:
 *
 * <table>
 *   <caption>How a container reaches a server</caption>
 *   <tr><th>bound to</th><th>TCP and TLS</th><th>UDP and DTLS</th></tr>
 *   <tr><td>{@code 127.0.0.1}, the default, or {@code localhost}</td>
 *       <td>through the tunnel of {@link org.testcontainers.Testcontainers#exposeHostPorts(int...)}, at
 *       {@code host.testcontainers.internal}</td>
 *       <td>not supported: the tunnel transports only TCP</td></tr>
 *   <tr><td>{@code 0.0.0.0} or {@code ::}</td>
 *       <td colspan="2">through the host gateway of the engine, at {@code host.docker.internal}</td></tr>
 *   <tr><td>another IPv4 address of this machine</td>
 *       <td colspan="2">directly, at that address</td></tr>
 * </table>
 *
 * <p>With the tunnel, other machines cannot reach the server, and the engine may run on another machine. But the tunnel
 * transports bytes and not every TCP event. A client sees a RST, or a port that refuses connections, as a connection
 * that is accepted and closed. A half-close may close both directions. Through the gateway or directly, the client sees
 * exactly what the server does. These routes need an engine on this machine, or Docker Desktop, and a firewall that
 * accepts connections from containers. The default certificate of a server contains both names and the address that the
 * server is bound to.
 *
 * <p>The directory of a Unix socket is mounted into the container, by default at the same path. Root can always use the
 * socket. A container that runs as another user needs {@code mode = "0777"}. Abstract names do not work, because a
 * container has its own network namespace.
 *
 * <p>A container can use several servers, and several containers can use the same server.
 */
public final class ContainerAddress {

    private final Transport transport;
    private final @Nullable String host;
    private final int port;
    private final @Nullable String path;

    private ContainerAddress(Transport transport, @Nullable String host, int port, @Nullable String path) {
        this.transport = transport;
        this.host = host;
        this.port = port;
        this.path = path;
    }

    /**
     * Makes a server reachable from a container, and returns its address there. The directory of a Unix socket is
     * mounted at the same path as on this machine.
     *
     * <p>A running container can reach another server only if nothing in the container has to change. This is the case
     * if the container knows the host name, because another server of that kind was exposed before it started (for the
     * tunnel, also if it was started with {@link GenericContainer#withAccessToHost}), or if the directory is already
     * mounted.
     *
     * @param server the server, bound to any port
     * @param container the container, before it starts
     * @return the address in that container
     * @throws IllegalArgumentException if containers cannot reach the address of the server; the message says where to
     *     bind it
     * @throws IllegalStateException if the container was started without a route to the server
     */
    public static ContainerAddress expose(FakeServer server, GenericContainer<?> container) {
        Transport transport = server.spec().transport();
        if (transport.isUnix()) {
            return mounted(transport, SocketMount.of(server), container);
        }
        String host = Route.to(server).open(container);
        return new ContainerAddress(transport, host, server.port(), null);
    }

    /**
     * Makes a Unix socket reachable from a container at another path, where its client expects it.
     *
     * <p>Datagram servers ({@code udg}) can answer only clients that bind a path which is the same on this machine. Use
     * {@link #expose(FakeServer, GenericContainer)} for them.
     *
     * @param server a server with a path
     * @param container the container, before it starts
     * @param directory the directory in the container to mount the socket's directory at, such as
     *     {@code /run/postgresql}; it hides the directory of the image
     * @return the address in that container
     * @throws IllegalArgumentException if the server has no path, or the directory is not a valid mount point
     * @throws IllegalStateException if the container was started without that directory
     */
    public static ContainerAddress expose(FakeServer server, GenericContainer<?> container, String directory) {
        return mounted(server.spec().transport(), SocketMount.of(server, directory), container);
    }

    private static ContainerAddress mounted(Transport transport, SocketMount mount, GenericContainer<?> container) {
        mount.into(container);
        return new ContainerAddress(transport, null, 0, mount.socket());
    }

    /**
     * Returns the host for the client in the container.
     *
     * @return a name that the container knows, or an IPv4 address
     * @throws UnsupportedOperationException on Unix sockets, which have no host
     */
    public String host() {
        if (host == null) {
            throw noPort();
        }
        return host;
    }

    /**
     * Returns the port for the client in the container.
     *
     * @return the port of the server
     * @throws UnsupportedOperationException on Unix sockets, which have no port
     */
    public int port() {
        if (host == null) {
            throw noPort();
        }
        return port;
    }

    /**
     * Returns the path of a Unix socket in the container.
     *
     * @return an absolute path, with slashes
     * @throws UnsupportedOperationException on other transports, which have no path
     */
    public String path() {
        if (path == null) {
            throw new UnsupportedOperationException(this + " has a host and a port, not a path: use host() and port()");
        }
        return path;
    }

    private UnsupportedOperationException noPort() {
        return new UnsupportedOperationException(this + " has a path, not a host and a port: use path()");
    }

    /**
     * Returns transport and address, such as {@code tcp://host.testcontainers.internal:41233} or
     * {@code unix:///run/x.sock}. Many clients accept this form.
     */
    @Override
    public String toString() {
        return transport + "://" + (path == null ? host + ":" + port : path);
    }
}
