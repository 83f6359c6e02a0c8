package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.ServerStartException;
import io.socketharness.internal.KnownWords;
import io.socketharness.internal.server.ServerAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The running servers of one scope of a test framework, such as a test or a class, by declaration. Thread-safe.
 *
 * @param <D> the type of the declarations; equal declarations stand for the same server
 */
public final class ServerGroup<D extends DeclaredServer> implements AutoCloseable {

    private final Map<D, FakeServer> running = new LinkedHashMap<>();

    /** Creates a group without servers. */
    public ServerGroup() {}

    /**
     * Starts a server unless it is already running.
     *
     * @param declaration the declaration of the server
     * @param start starts the server
     */
    public synchronized void start(D declaration, Supplier<FakeServer> start) {
        if (!running.containsKey(declaration)) {
            running.put(declaration, start.get());
        }
    }

    /**
     * Starts a server that measures times from the same origin as other servers, so that the dialogues of a test's
     * servers are comparable.
     *
     * @param others the servers that already run in the same test, including those of its classes; they have the same
     *     origin
     * @param spec the specification of the server
     * @return the server; the first server of a test is its own origin
     * @throws ServerStartException if the server cannot be bound
     */
    static FakeServer startBeside(Collection<FakeServer> others, ServerSpec spec) {
        return ServerAccess.start(spec, origin(others));
    }

    /** The origin of the times of a further server. */
    static long origin(Collection<FakeServer> others) {
        return others.stream()
                .findFirst()
                .map(other -> ServerAccess.running(other).recorder().origin())
                .orElseGet(System::nanoTime);
    }

    /**
     * Returns the servers in the order of their start.
     *
     * @return a copy
     */
    public synchronized Map<D, FakeServer> running() {
        return new LinkedHashMap<>(running);
    }

    /** Closes the servers in reverse order. */
    @Override
    public void close() {
        List<FakeServer> last = new ArrayList<>(running().values());
        Collections.reverse(last);
        last.forEach(FakeServer::close);
    }

    /**
     * Selects a server by its name.
     *
     * @param <D> the type of the declarations
     * @param servers the servers that apply
     * @param name the name; empty to select the only server
     * @return the server; empty if none has that name
     * @throws IllegalArgumentException if several have that name; the message lists them
     */
    static <D extends DeclaredServer> Optional<FakeServer> pick(Map<D, FakeServer> servers, String name) {
        List<D> fitting = servers.keySet().stream()
                .filter(one -> name.isEmpty() || one.name().equals(name))
                .toList();
        if (fitting.size() > 1) {
            throw new IllegalArgumentException("found several servers" + named(name) + ": " + list(fitting)
                    + (name.isEmpty() ? "; pick one with @FromServer" : "; give each server its own name"));
        }
        return fitting.stream().map(servers::get).findFirst();
    }

    /**
     * Selects the server of a sweep.
     *
     * @param <D> the type of the declarations
     * @param servers the servers of the test; at least one
     * @param name the name; empty to select the only server
     * @return the server
     * @throws IllegalArgumentException if none or several have that name; the message lists them
     */
    static <D extends DeclaredServer> D swept(Collection<D> servers, String name) {
        List<D> fitting = servers.stream()
                .filter(one -> name.isEmpty() || one.name().equals(name))
                .toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException(unknown(servers, name));
        }
        if (fitting.size() > 1) {
            throw new IllegalArgumentException("found several servers" + named(name) + ": " + list(fitting)
                    + (name.isEmpty() ? "; select one with server" : "; give each server its own name"));
        }
        return fitting.get(0);
    }

    /**
     * Returns the message for a name that no server has.
     *
     * @param servers the servers that apply; at least one
     * @param name the name
     * @return a part of a message, with the known names
     */
    static String unknown(Collection<? extends DeclaredServer> servers, String name) {
        List<String> names = servers.stream().map(DeclaredServer::name).toList();
        return "found no server" + named(name) + "; "
                + KnownWords.nearest(name, names)
                        .map(near -> KnownWords.didYouMean("\"" + near + "\""))
                        .orElseGet(() -> "known are " + list(servers));
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : " named \"" + name + "\"";
    }

    private static String list(Collection<? extends DeclaredServer> servers) {
        return servers.stream()
                .map(one -> one.name().isEmpty() ? one.place() : "\"" + one.name() + "\" (" + one.place() + ")")
                .collect(Collectors.joining(", "));
    }
}
