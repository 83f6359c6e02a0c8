package io.socketharness.internal.network;

import io.socketharness.network.NetworkCondition;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The simulated network of a server, between it and all its clients. */
public final class SimulatedNetwork {

    private final long seed;
    private final NetworkThread thread;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Placed conditions;

    /**
     * Opens it; {@link #thread} must run then.
     *
     * @param seed of the random decisions
     * @param conditions of the server
     * @param provider of the channels
     * @param failed takes an exception of this library
     */
    public SimulatedNetwork(
            long seed, List<NetworkCondition> conditions, SelectorProvider provider, Consumer<Throwable> failed)
            throws IOException {
        this.seed = seed;
        this.conditions = Placed.of(conditions);
        this.thread = new NetworkThread(provider, failed);
    }

    public NetworkThread thread() {
        return thread;
    }

    /** Replaces the conditions of the server, on present and future connections. */
    public void conditions(List<NetworkCondition> newConditions) {
        conditions = Placed.of(newConditions);
        links.forEach(Link::changed);
    }

    /** Waits until the present conditions have effect. */
    public void sync() {
        thread.sync();
    }

    Placed conditions() {
        return conditions;
    }

    /**
     * Creates the link of a connection. {@link Link#changed} must follow.
     *
     * @param connection its index
     * @param stream whether it is a stream; otherwise datagrams
     * @param toClient where data to the client leaves
     * @param toServer where data to the server leaves
     * @param changes takes the conditions and the seed in words, whenever they change
     */
    public Link connect(
            int connection, boolean stream, Pipe.Outlet toClient, Pipe.Outlet toServer, Consumer<String> changes) {
        Link link = new Link(
                this,
                changes,
                pipe(connection, Direction.TO_CLIENT, stream, toClient),
                pipe(connection, Direction.TO_SERVER, stream, toServer));
        links.add(link);
        return link;
    }

    private Pipe pipe(int connection, Direction direction, boolean stream, Pipe.Outlet outlet) {
        return new Pipe(
                thread.timeline(),
                direction,
                stream,
                (condition, occurrence) -> Chance.of(seed, connection, direction, condition, occurrence),
                outlet);
    }

    /** Whether data is on its way to the server on any connection, except for data that a condition holds back. */
    public boolean hasInputOnItsWay() {
        return links.stream().anyMatch(link -> !link.toServer().isFlushed());
    }

    long seed() {
        return seed;
    }

    void forget(Link link) {
        links.remove(link);
    }

    public void close() {
        thread.close();
    }
}
