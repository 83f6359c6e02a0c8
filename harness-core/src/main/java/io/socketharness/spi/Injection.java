package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Determines the value that a parameter or field gets from a server by its type, in the same way for all test
 * frameworks.
 *
 * <ul>
 *   <li>{@link FakeServer} gets the server, {@link Recording} its recording
 *   <li>{@link InetSocketAddress} gets its address, {@link UnixDomainSocketAddress} the address of a Unix socket,
 *       {@link SocketAddress} either, {@link URI} its URI
 *   <li>{@code int} or {@link Integer} gets its port, {@link String} its host
 *   <li>{@link SSLContext} gets a context for clients that trusts the server's certificate
 *   <li>{@link Path} gets the path of a Unix socket; for other transports, the PEM file of the authority that clients
 *       must trust
 * </ul>
 */
public final class Injection {

    private static final Map<Class<?>, Function<FakeServer, Object>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put(FakeServer.class, server -> server);
        VALUES.put(Recording.class, FakeServer::recording);
        VALUES.put(InetSocketAddress.class, FakeServer::address);
        VALUES.put(UnixDomainSocketAddress.class, Injection::unixAddress);
        VALUES.put(SocketAddress.class, FakeServer::socketAddress);
        VALUES.put(URI.class, FakeServer::uri);
        VALUES.put(int.class, FakeServer::port);
        VALUES.put(Integer.class, FakeServer::port);
        VALUES.put(String.class, FakeServer::host);
        VALUES.put(SSLContext.class, server -> server.tls().clientContext());
        VALUES.put(Path.class, Injection::path);
    }

    /** Types of this library: no other extension provides them. */
    private static final Set<Class<?>> OWN = Set.of(FakeServer.class, Recording.class);

    /** Types that need no annotation if exactly one server applies. */
    private static final Set<Class<?>> WAYS_TO_IT = Set.of(
            InetSocketAddress.class, UnixDomainSocketAddress.class, SocketAddress.class, URI.class, SSLContext.class);

    private Injection() {}

    /**
     * Returns whether a type belongs to this library, so that a parameter of the type needs no annotation.
     *
     * @param type the type of a parameter
     * @return true for {@code FakeServer} and {@code Recording}
     */
    public static boolean isOwn(Class<?> type) {
        return OWN.contains(type);
    }

    /**
     * Returns whether a parameter of another type needs no annotation if exactly one server applies.
     *
     * @param type the type of a parameter
     * @return true for {@code InetSocketAddress}, {@code UnixDomainSocketAddress}, {@code SocketAddress}, {@code URI}
     *     and {@code SSLContext}
     */
    public static boolean isWayToIt(Class<?> type) {
        return WAYS_TO_IT.contains(type);
    }

    /**
     * Returns the value to inject.
     *
     * @param server the server
     * @param type the type of the parameter or field
     * @return a value of that type
     * @throws IllegalArgumentException if the type is not supported; the message lists the supported types
     * @throws UnsupportedOperationException if the server has no such value, such as a port on a Unix socket
     */
    public static Object value(FakeServer server, Class<?> type) {
        return function(type).apply(server);
    }

    /**
     * Checks that values of a type can be injected.
     *
     * @param type the type of a parameter or field
     * @throws IllegalArgumentException if the type is not supported; the message lists the supported types
     */
    public static void check(Class<?> type) {
        function(type);
    }

    private static Function<FakeServer, Object> function(Class<?> type) {
        Function<FakeServer, Object> known = VALUES.get(type);
        if (known == null) {
            throw new IllegalArgumentException("found the type " + type.getTypeName() + "; allowed are "
                    + VALUES.keySet().stream().map(Class::getSimpleName).collect(Collectors.joining(", ")));
        }
        return known;
    }

    private static Object unixAddress(FakeServer server) {
        return UnixDomainSocketAddress.of(server.path());
    }

    private static Object path(FakeServer server) {
        return server.spec().transport().isUnix() ? server.path() : server.tls().caPemFile();
    }
}
