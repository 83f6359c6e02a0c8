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
 * The running servers of one scope of a test framework, such as a test or a class, each by what declares it. Threads may
 * share it.
 *
 * @param <D> what declares a server; what is equal is the same server
 */
public final class ServerGroup<D extends DeclaredServer> implements AutoCloseable {

    private final Map<D, FakeServer> running = new LinkedHashMap<>();

    /** Begins without servers. */
    public ServerGroup() {}

    /**
     * Starts a server, unless it runs already.
     *
     * @param declaration what declares it
     * @param start starts it
     */
    public synchronized void start(D declaration, Supplier<FakeServer> start) {
        if (!running.containsKey(declaration)) {
            running.put(declaration, start.get());
        }
    }

    /**
     * Starts a server whose times count from where those of others do, so that the dialogues of a test's servers can be
     * compared.
     *
     * @param others those that run in the same test already, of its classes too; they have one origin
     * @param spec what to start
     * @return the server; the first one of a test counts from its own start
     * @throws ServerStartException if it cannot be bound
     */
    static FakeServer startBeside(Collection<FakeServer> others, ServerSpec spec) {
        return ServerAccess.start(
                spec,
                others.stream()
                        .findFirst()
                        .map(other -> ServerAccess.running(other).recorder().origin())
                        .orElseGet(System::nanoTime));
    }

    /**
     * The servers that were started, in that order.
     *
     * @return a copy
     */
    public synchronized Map<D, FakeServer> running() {
        return new LinkedHashMap<>(running);
    }

    /** Closes the servers, the last one first. */
    @Override
    public void close() {
        List<FakeServer> last = new ArrayList<>(running().values());
        Collections.reverse(last);
        last.forEach(FakeServer::close);
    }

    /**
     * Picks a server by its name.
     *
     * @param <D> what declares a server
     * @param servers those that apply
     * @param name its name; empty for the only one there is
     * @return the server; nothing if none has that name
     * @throws IllegalArgumentException if several have it; the message names them
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
     * Tells that no server has a name.
     *
     * @param servers those that apply; at least one
     * @param name the name
     * @return for a message, with the names that are known
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
