package io.socketharness.internal.stream;

import io.socketharness.internal.net.Closing;
import io.socketharness.internal.net.Unsupported;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listening channel whose queue is full of connections of this process, the fillers. Linux does not answer the SYN of
 * a client whose connection the queue cannot take. Over Unix sockets, connects block.
 */
public final class FullQueue implements Closeable {

    /** The backlog to listen with. */
    public static final int BACKLOG = 1;

    /** Linux queues one connection more than the backlog. */
    private static final int ROOM = BACKLOG + 1;

    /** A system that completes this many connects does not limit the queue. */
    private static final int MOST = 16;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    /** Opens a connection to the listening channel. */
    @FunctionalInterface
    public interface Connector {

        /**
         * Connects, unless the system does not complete that.
         *
         * @param own takes the local address, if there is one, before it connects
         * @return the connection; null if it is not completed
         */
        @Nullable
        Closeable connect(Consumer<SocketAddress> own) throws IOException;
    }

    private final ServerSocketChannel channel;
    private final Connector connector;
    private final List<Closeable> fillers = new ArrayList<>();
    private final Set<SocketAddress> own = new HashSet<>();
    private boolean closed;

    /** A queue of a listening channel with the backlog {@link #BACKLOG}, still empty. */
    public FullQueue(ServerSocketChannel channel, Connector connector) {
        this.channel = channel;
        this.connector = connector;
    }

    /** Refuses other systems: their queues are not measured. */
    public static void requireLinux(String system) throws Unsupported {
        if (!system.toLowerCase(Locale.ROOT).contains("linux")) {
            throw new Unsupported(
                    "a full queue leaves connection attempts unanswered on Linux only, and this is " + system, null);
        }
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /**
     * Fills the queue, unless it is full. Clients that were faster are accepted.
     *
     * @param clients takes their channels
     * @throws Unsupported if the queue does not become full
     */
    public void fill(Consumer<SocketChannel> clients) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        if (count() < ROOM) {
            addFillers();
        }
        while (count() < ROOM && System.nanoTime() - end < 0) {
            acceptAll(clients);
            addFillers();
        }
    }

    private synchronized int count() {
        return fillers.size();
    }

    private void addFillers() throws IOException {
        for (Closeable filler = connect(); filler != null; filler = connect()) {
            if (add(filler) > MOST) {
                throw new Unsupported(
                        "the system completed " + count() + " connects to a queue for " + ROOM + " connections", null);
            }
        }
    }

    private @Nullable Closeable connect() throws IOException {
        try {
            return connector.connect(own::add);
        } catch (IOException refused) {
            throw new Unsupported(
                    "a connect to its full queue did not time out, but failed: " + refused.getMessage(), refused);
        }
    }

    private synchronized int add(Closeable filler) {
        if (closed) {
            Closing.quietly(filler);
        }
        fillers.add(filler);
        return fillers.size();
    }

    private void acceptAll(Consumer<SocketChannel> clients) throws IOException {
        channel.configureBlocking(false);
        for (SocketChannel next = channel.accept(); next != null; next = channel.accept()) {
            if (own.contains(next.getRemoteAddress())) {
                next.close();
            } else {
                clients.accept(next);
            }
        }
        closeFillers();
    }

    private synchronized void closeFillers() {
        fillers.forEach(Closing::quietly);
        fillers.clear();
    }

    /** Stops listening. The fillers end after the channel, which resets them. */
    @Override
    public synchronized void close() {
        closed = true;
        Closing.quietly(channel);
        closeFillers();
    }
}
