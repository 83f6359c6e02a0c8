package io.socketharness.junit5;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a parameter or field gets from its server, by its type. */
final class Injection {

    private static final Map<Class<?>, Function<FakeServer, Object>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put(FakeServer.class, server -> server);
        VALUES.put(Recording.class, FakeServer::recording);
        VALUES.put(InetSocketAddress.class, FakeServer::address);
        VALUES.put(SocketAddress.class, FakeServer::socketAddress);
        VALUES.put(URI.class, FakeServer::uri);
        VALUES.put(int.class, FakeServer::port);
        VALUES.put(Integer.class, FakeServer::port);
        VALUES.put(String.class, FakeServer::host);
        VALUES.put(SSLContext.class, server -> server.tls().clientContext());
        VALUES.put(Path.class, server -> server.tls().caPemFile());
    }

    /** Types that nothing but a server can be meant by. */
    private static final Set<Class<?>> OWN = Set.of(FakeServer.class, Recording.class);

    /** Types that a server is meant by where exactly one applies. */
    private static final Set<Class<?>> WAYS_TO_IT =
            Set.of(InetSocketAddress.class, SocketAddress.class, URI.class, SSLContext.class);

    private Injection() {}

    static boolean isOwn(Class<?> type) {
        return OWN.contains(type);
    }

    static boolean isWayToIt(Class<?> type) {
        return WAYS_TO_IT.contains(type);
    }

    static @Nullable Function<FakeServer, Object> value(Class<?> type) {
        return VALUES.get(type);
    }

    static String allowed() {
        return VALUES.keySet().stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }
}
