package io.socketharness.internal.stream;

import io.socketharness.internal.net.Closing;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.runtime.Listener;
import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerRuntime;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Listens for the clients of a stream server; {@link StreamAcceptor} accepts them. One thread waits for connections
 * until the server is closed, and closes those of ended clients in time. Other threads may accept pending connections
 * to drain the system's queue.
 */
public final class StreamListener implements Listener {

    /** A failed accept leaves the client in the queue, and the next attempt may succeed. */
    private static final long RETRY_MILLIS = 50;

    private final ServerRuntime runtime;
    private final StreamAddress address;
    private final Selector selector;
    private final EndedClients ended = new EndedClients();
    private final StreamAcceptor acceptor;

    private @Nullable ServerSocketChannel channel;
    /** While it ignores clients. */
    private @Nullable FullQueue full;

    /** The channel that the thread must close. */
    private @Nullable ServerSocketChannel retired;

    private @Nullable Thread thread;
    private boolean listening;
    private boolean retries;
    private volatile boolean closed;

    public StreamListener(ServerRuntime runtime, StreamAddress address) throws IOException {
        this.runtime = runtime;
        this.address = address;
        this.acceptor = new StreamAcceptor(runtime, address, this);
        ServerSocketChannel bound = null;
        try {
            bound = bind();
            // open it now: a server without a file descriptor for it must not start
            selector = bound.provider().openSelector();
            channel = bound;
        } catch (IOException failed) {
            Closing.quietly(bound);
            address.close();
            throw failed;
        }
    }

    private ServerSocketChannel bind() throws IOException {
        ServerSocketChannel bound = full == null ? address.bind() : address.replace(full.channel());
        try {
            bound.configureBlocking(false);
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
    }

    @Override
    public Endpoint endpoint() {
        return address.endpoint();
    }

    private void run() {
        try (Selector on = selector) {
            while (!closed) {
                ServerSocketChannel from = nextChannel();
                if (from != null) {
                    accept(from);
                }
                long patience = patience();
                // junixsocket does not wait in select(0)
                if (patience == 0) {
                    on.select();
                } else {
                    on.select(patience);
                }
                on.selectedKeys().clear();
                ended.expire();
            }
        } catch (Throwable failed) {
            if (!closed) {
                runtime.failed("it can accept no more connections", failed);
            }
        } finally {
            leave();
        }
    }

    /** Returns how long to wait for clients, in milliseconds; 0 for no limit. */
    private long patience() {
        long patience = ended.patience();
        return !retries ? patience : patience == 0 ? RETRY_MILLIS : Math.min(patience, RETRY_MILLIS);
    }

    /** Closes the retired channel and registers the listening one. */
    private synchronized @Nullable ServerSocketChannel nextChannel() throws IOException {
        ServerSocketChannel old = retired;
        if (old != null) {
            // the system continues to listen until the selector has released the channel; junixsocket needs an explicit
            // cancel
            SelectionKey key = old.keyFor(selector);
            if (key != null) {
                key.cancel();
            }
            selector.selectNow();
            acceptor.accept(old);
            old.close();
            retired = null;
            notifyAll();
        }
        ServerSocketChannel now = channel;
        if (now != null && now.isOpen() && now.keyFor(selector) == null) {
            now.register(selector, SelectionKey.OP_ACCEPT);
        }
        return now;
    }

    /** Accepts pending connections. */
    private void accept(ServerSocketChannel from) throws IOException {
        boolean all = acceptor.drainSoon(from);
        SelectionKey key = from.keyFor(selector);
        if (key != null && key.isValid() && retries == all) {
            // a client that cannot be accepted would wake this thread repeatedly
            retries = !all;
            key.interestOps(all ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    private synchronized void leave() {
        thread = null;
        Closing.quietly(retired);
        retired = null;
        notifyAll();
    }

    /** Starts the thread of a connection. */
    void attend(StreamConnection connection) {
        runtime.converse(connection.conversation(), connection);
    }

    /** Watches a connection whose client has ended and that no script has claimed. */
    void keep(StreamConnection connection, long until) {
        if (ended.add(connection, until) && !closed) {
            selector.wakeup();
        }
    }

    /** Removes a connection whose handshake has failed, so that no script claims it. */
    void withdraw(StreamConnection connection) {
        runtime.dispatcher().withdraw(connection);
    }

    /** Returns how long a connection waits for a script if all are used. */
    Duration patienceForScripts() {
        return runtime.spec().timeout();
    }

    /** Returns whether the server replays a tape, and all of its connections are used. */
    boolean isTapeUsed() {
        return runtime.dispatcher().isTapeUsed();
    }

    /** Returns whether the server was ever given a script. */
    boolean isScripted() {
        return runtime.dispatcher().wasScripted();
    }

    /** Fails a connection that still waits for a script although none is left. */
    void giveUp(StreamConnection connection) {
        runtime.dispatcher().giveUp(connection);
    }

    /** Notes an exception of this library, not of a script, before the client can see the end of the connection. */
    void cannotServe(StreamConnection connection, Throwable thrown) {
        if (!runtime.isClosed()) {
            int index = connection.conversation().exchange().index();
            runtime.failed("connection " + index + " cannot be served", thrown);
        }
    }

    void served(StreamConnection connection) {
        if (connection.conversation().completion().isProbe()) {
            runtime.dispatcher().giveBack(connection);
        }
    }

    @Override
    public void drain() {
        ServerSocketChannel from = listeningChannel();
        if (from != null) {
            drain(from);
        }
        List<ServerConnection> connections = runtime.connections();
        if (runtime.isNetworkSimulated()) {
            connections.forEach(served ->
                    ((StreamConnection) served).transport().conditions().drainSystem());
            runtime.simulatedNetwork(provider()).sync();
        }
        for (ServerConnection served : connections) {
            ((StreamConnection) served).transport().input().drain();
        }
    }

    private void drain(ServerSocketChannel from) {
        try {
            acceptor.drain(from);
        } catch (IOException failed) {
            runtime.failed("it can accept no more connections", failed);
        }
    }

    private synchronized @Nullable ServerSocketChannel listeningChannel() {
        return listening ? channel : null;
    }

    @Override
    public SelectorProvider provider() {
        return selector.provider();
    }

    @Override
    public void refuse() {
        ServerSocketChannel bound = listeningChannel();
        if (bound == null) {
            noLongerIgnore();
            return;
        }
        drain(bound);
        keep(bound);
        retire(bound);
        openAccepted();
    }

    private synchronized void noLongerIgnore() {
        if (full != null) {
            keep(full.channel());
            Closing.quietly(full);
            full = null;
        }
    }

    private synchronized void keep(ServerSocketChannel listening) {
        if (closed) {
            return;
        }
        try {
            address.keep(listening);
        } catch (IOException failed) {
            throw new IllegalStateException(runtime.title() + " cannot stop listening: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void ignore() {
        ServerSocketChannel before = listeningChannel();
        FullQueue queue = shortQueue(before);
        if (queue == null) {
            return;
        }
        if (before != null) {
            drain(before);
            retire(before);
            openAccepted();
        }
        try {
            queue.fill(acceptor::add);
        } catch (IOException failed) {
            if (!closed) {
                stopIgnoring(before != null);
                throw cannotIgnore(failed);
            }
        } finally {
            openAccepted();
        }
    }

    private void stopIgnoring(boolean listens) {
        if (listens) {
            listen();
        } else {
            noLongerIgnore();
        }
    }

    /** Listens with a short queue beside {@code before}; null if it ignores clients already. */
    private synchronized @Nullable FullQueue shortQueue(@Nullable ServerSocketChannel before) {
        if (closed || full != null) {
            return null;
        }
        try {
            full = address.fullQueue(before);
            return full;
        } catch (IOException failed) {
            throw cannotIgnore(failed);
        }
    }

    private RuntimeException cannotIgnore(IOException failed) {
        String message = runtime.title() + " cannot ignore clients: " + failed.getMessage();
        return failed instanceof Unsupported
                ? new UnsupportedOperationException(message, failed)
                : new IllegalStateException(message, failed);
    }

    /** Opens the connections that were accepted before it stopped listening. */
    private void openAccepted() {
        try {
            acceptor.open();
        } catch (IOException failed) {
            runtime.failed("it can accept no more connections", failed);
        }
    }

    private synchronized void retire(ServerSocketChannel bound) {
        if (channel != bound || closed) {
            return;
        }
        channel = null;
        listening = false;
        retired = bound;
        selector.wakeup();
        boolean interrupted = false;
        while (retired == bound && thread != null) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        Closing.quietly(bound);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void listen() {
        if (listening || closed) {
            return;
        }
        try {
            channel = channel == null ? bind() : channel;
            Closing.quietly(full);
            full = null;
        } catch (IOException failed) {
            throw new IllegalStateException(
                    runtime.title() + " cannot listen again: " + failed.getMessage() + address.lost(), failed);
        }
        listening = true;
        if (thread == null) {
            thread = runtime.listen(this::run);
            acceptor.start();
        } else {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            listening = false;
            address.close();
            Closing.quietly(channel);
            channel = null;
            Closing.quietly(full);
            if (thread == null) {
                Closing.quietly(selector);
            } else {
                // its thread closes it: the selector of junixsocket does not notice a close by another thread
                selector.wakeup();
            }
        }
        acceptor.close();
        for (ServerConnection served : runtime.connections()) {
            served.conversation().stop();
            ((StreamConnection) served).transport().stop();
        }
    }

    @Override
    public void release() {
        for (ServerConnection served : runtime.connections()) {
            ((StreamConnection) served).transport().end();
        }
    }
}
