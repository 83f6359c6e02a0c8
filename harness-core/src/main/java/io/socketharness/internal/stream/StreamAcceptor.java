package io.socketharness.internal.stream;

import io.socketharness.Transport;
import io.socketharness.internal.net.Closing;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Conversation;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections from the system's queue, on any thread that needs all of them, and opens them in that order.
 * Accepting takes a tenth of the time of opening.
 */
final class StreamAcceptor {

    /** With a shorter system queue, one thread accepts while another opens. */
    private static final int FEW = 64;

    private final ServerRuntime runtime;
    private final StreamAddress address;
    private final StreamListener listener;
    /** Both are fair: a client that connects in a loop blocks no thread. */
    private final ReentrantLock accepting = new ReentrantLock(true);

    private final ReentrantLock opening = new ReentrantLock(true);
    private final Queue<SocketChannel> accepted = new ConcurrentLinkedQueue<>();
    private final @Nullable Semaphore toOpen;
    private volatile boolean closed;

    StreamAcceptor(ServerRuntime runtime, StreamAddress address, StreamListener listener) {
        this.runtime = runtime;
        this.address = address;
        this.listener = listener;
        toOpen = runtime.spec().backlog() < FEW ? new Semaphore(0) : null;
    }

    /** Starts the thread that opens connections, if needed. */
    void start() {
        Semaphore signal = toOpen;
        if (signal != null) {
            runtime.listen(() -> openWhenSignalled(signal));
        }
    }

    private void openWhenSignalled(Semaphore signal) {
        try {
            while (!closed) {
                signal.acquireUninterruptibly();
                open();
            }
        } catch (Throwable failed) {
            runtime.failed("it can accept no more connections", failed);
        }
    }

    /** Accepts the queued connections, for the thread that does nothing else; false if the system failed. */
    boolean drainSoon(ServerSocketChannel from) throws IOException {
        Semaphore signal = toOpen;
        if (signal == null) {
            return drain(from);
        }
        boolean all = accept(from);
        signal.release();
        return all;
    }

    /** Accepts the connections that are queued now, not later ones; false if the system failed. */
    boolean drain(ServerSocketChannel from) throws IOException {
        boolean all = accept(from);
        open();
        return all;
    }

    /** Accepts the connections that are queued now, and opens none; false if the system failed. */
    boolean accept(ServerSocketChannel from) {
        try {
            // the system queues one more than requested
            for (int taken = 0; taken <= runtime.spec().backlog() && acceptOne(from); taken++) {
                // the next one
            }
            return true;
        } catch (ClosedChannelException refuses) {
            return true;
        } catch (IOException failed) {
            if (from.isOpen()) {
                runtime.reportProblem("a connection could not be accepted and was retried", failed);
            }
            return !from.isOpen();
        }
    }

    /** Takes an accepted connection, to be opened. */
    void add(SocketChannel client) {
        accepting.lock();
        try {
            if (closed) {
                Closing.quietly(client);
            } else {
                accepted.add(client);
            }
        } finally {
            accepting.unlock();
        }
    }

    private boolean acceptOne(ServerSocketChannel from) throws IOException {
        accepting.lock();
        try {
            SocketChannel next = closed ? null : from.accept();
            return next != null && accepted.add(next);
        } finally {
            accepting.unlock();
        }
    }

    /** Opens the accepted connections. Afterwards those of other threads are open too. */
    void open() throws IOException {
        for (int left = accepted.size(); left >= 0; left--) {
            opening.lock();
            try {
                SocketChannel next = accepted.poll();
                if (next == null) {
                    return;
                }
                open(next);
            } finally {
                opening.unlock();
            }
        }
    }

    private void open(SocketChannel channel) throws IOException {
        RemoteClient client;
        try {
            channel.configureBlocking(false);
            client = address.prepare(channel);
        } catch (IOException goneAlready) {
            channel.close();
            return;
        }
        ExchangeRecorder exchange = runtime.open(client);
        StreamWire wire = new StreamWire(channel, address.bytes(channel));
        StreamTls tls = new StreamTls(wire, exchange, runtime.tls(), runtime.spec());
        StreamTransport transport =
                new StreamTransport(runtime, wire, exchange, tls, runtime.spec().transport() != Transport.UNIX);
        Conversation conversation = runtime.conversation(transport, exchange, client);
        transport.conditions().conversation(conversation);
        StreamConnection connection = new StreamConnection(transport, tls, conversation, listener);
        // the simulated network receives before a script or a test has the connection
        exchange.hold();
        simulate(transport);
        runtime.arrived(connection, exchange);
        exchange.letGo();
        // the network may have begun in the meantime
        simulate(transport);
        listener.attend(connection);
    }

    private void simulate(StreamTransport transport) {
        if (runtime.isNetworkSimulated()) {
            transport.conditions().simulate();
        }
    }

    /** Ends it: no more connections are opened. */
    void close() {
        closed = true;
        if (toOpen != null) {
            toOpen.release();
        }
        accepting.lock();
        opening.lock();
        try {
            for (SocketChannel left = accepted.poll(); left != null; left = accepted.poll()) {
                Closing.quietly(left);
            }
        } finally {
            opening.unlock();
            accepting.unlock();
        }
    }
}
