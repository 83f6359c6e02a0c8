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
 * What a parameter or field of a test gets from a server, by its type, so that the extensions of all test frameworks give
 * the same.
 *
 * <ul>
 *   <li>{@link FakeServer} gets the server, {@link Recording} its recording;
 *   <li>{@link InetSocketAddress} its address, {@link UnixDomainSocketAddress} that of a Unix socket, {@link SocketAddress}
 *       either; {@link URI} its URI;
 *   <li>{@code int} or {@link Integer} its port, {@link String} its host;
 *   <li>{@link SSLContext} a context for its clients that trusts its certificate;
 *   <li>{@link Path} the path of a Unix socket; of other servers, the PEM file of the authority that their clients are to
 *       trust.
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

    /** Types that nothing but a server can be meant by. */
    private static final Set<Class<?>> OWN = Set.of(FakeServer.class, Recording.class);

    /** Types that a server is meant by where exactly one applies. */
    private static final Set<Class<?>> WAYS_TO_IT = Set.of(
            InetSocketAddress.class, UnixDomainSocketAddress.class, SocketAddress.class, URI.class, SSLContext.class);

    private Injection() {}

    /**
     * Tells whether a type is the harness's own, so that a parameter of it needs no annotation.
     *
     * @param type the type of a parameter
     * @return true for {@code FakeServer} and {@code Recording}
     */
    public static boolean isOwn(Class<?> type) {
        return OWN.contains(type);
    }

    /**
     * Tells whether a parameter of a type that is not the harness's own needs no annotation where exactly one server
     * applies.
     *
     * @param type the type of a parameter
     * @return true for {@code InetSocketAddress}, {@code UnixDomainSocketAddress}, {@code SocketAddress}, {@code URI} and
     *     {@code SSLContext}
     */
    public static boolean isWayToIt(Class<?> type) {
        return WAYS_TO_IT.contains(type);
    }

    /**
     * What is injected.
     *
     * @param server the server
     * @param type the type of the parameter or field
     * @return a value of that type
     * @throws IllegalArgumentException if there is none of that type; the message names those there are
     * @throws UnsupportedOperationException if the server has none, such as a port on a Unix socket
     */
    public static Object value(FakeServer server, Class<?> type) {
        return function(type).apply(server);
    }

    /**
     * Sees to it that values of a type are injected.
     *
     * @param type the type of a parameter or field
     * @throws IllegalArgumentException if none are; the message names the types that there are
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
