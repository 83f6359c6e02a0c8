package io.socketharness.testcontainers;

import io.socketharness.FakeServer;
import io.socketharness.Transport;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;

/**
 * The address at which a container reaches a fake server of the test's JVM.
 *
 * <pre>{@code
 * ContainerAddress smtp = ContainerAddress.expose(server, container); // before the container starts
 * container.withEnv("SMTP_HOST", smtp.host()).withEnv("SMTP_PORT", String.valueOf(smtp.port()));
 * container.start();
 * }</pre>
 *
 * <p>The way there follows from what the server is bound to:
 *
 * <table>
 *   <caption>How a container reaches a server</caption>
 *   <tr><th>bound to</th><th>TCP and TLS</th><th>UDP and DTLS</th></tr>
 *   <tr><td>{@code 127.0.0.1}, the default, or {@code localhost}</td>
 *       <td>through the tunnel of {@link org.testcontainers.Testcontainers#exposeHostPorts(int...)}, at
 *       {@code host.testcontainers.internal}</td>
 *       <td>not at all: the tunnel carries TCP alone</td></tr>
 *   <tr><td>{@code 0.0.0.0} or {@code ::}</td>
 *       <td colspan="2">by the host gateway of the engine, at {@code host.docker.internal}</td></tr>
 *   <tr><td>another IPv4 address of this machine</td>
 *       <td colspan="2">at that address</td></tr>
 * </table>
 *
 * <p>The tunnel leads to a server that nobody else can reach, and works with an engine on another machine too, but carries
 * bytes and not all of TCP: a client sees a RST, and a port that refuses, as a connection that is accepted and closed, and
 * a half-close may end both directions. By the gateway and at an address it sees what the server does; they need an engine
 * on this machine, or Docker Desktop, and a firewall that lets containers in. The certificates that a server gets by
 * default are for both names, and for the address that it is bound to.
 *
 * <p>A Unix socket's directory is mounted into the container, by default at the same path. Root reaches the socket whatever
 * its permissions; a container that runs as another user needs {@code mode = "0777"}. Abstract names end at a container's
 * network namespace.
 *
 * <p>A container may be given any number of servers, and a server may be given to any number of containers.
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
     * Lets a container reach a server, and tells the address. A Unix socket's directory is mounted at the same path as
     * outside.
     *
     * <p>A container that is running already can be given another server where nothing in it has to change: it knows the
     * name, because it was given a server of that kind before it started (or, for the tunnel, was started with
     * {@link GenericContainer#withAccessToHost}), or the directory is mounted.
     *
     * @param server the server, which may be bound to any port
     * @param container the container, before it starts
     * @return the address in that container
     * @throws IllegalArgumentException if no container can reach the server where it is bound; the message tells where to
     *     bind it
     * @throws IllegalStateException if the container was started without a way to the server
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
     * Lets a container reach a Unix socket at another path than outside, where its client looks for it.
     *
     * <p>Servers of datagrams ({@code udg}) can answer only clients that bind a path which is the same outside; those need
     * {@link #expose(FakeServer, GenericContainer)}.
     *
     * @param server a server with a path
     * @param container the container, before it starts
     * @param directory where the socket's directory is to be mounted, in place of what the image has there, such as
     *     {@code /run/postgresql}
     * @return the address in that container
     * @throws IllegalArgumentException if the server has no path, or the directory is none to mount at
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
     * The host that the container's client uses.
     *
     * @return a name that the container knows, or an IPv4 address
     * @throws UnsupportedOperationException on Unix sockets, which have none
     */
    public String host() {
        if (host == null) {
            throw noPort();
        }
        return host;
    }

    /**
     * The port that the container's client uses.
     *
     * @return that of the server
     * @throws UnsupportedOperationException on Unix sockets, which have none
     */
    public int port() {
        if (host == null) {
            throw noPort();
        }
        return port;
    }

    /**
     * The path of a Unix socket in the container.
     *
     * @return an absolute path, with slashes
     * @throws UnsupportedOperationException on other transports, which have none
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
     * Transport and address, such as {@code tcp://host.testcontainers.internal:41233} or {@code unix:///run/x.sock}, as
     * many clients take it.
     */
    @Override
    public String toString() {
        return transport + "://" + (path == null ? host + ":" + port : path);
    }
}
