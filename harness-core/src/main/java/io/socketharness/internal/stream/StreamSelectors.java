package io.socketharness.internal.stream;

import io.socketharness.internal.net.Closing;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The selectors with which threads wait for a stream. Each is opened on demand, because many streams need none. */
final class StreamSelectors {

    /** How long to wait if the system has no descriptor for a selector. */
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(20);

    private final SocketChannel channel;
    private volatile @Nullable Selector reader;
    private volatile @Nullable Selector writer;
    private @Nullable SelectionKey readKey;
    private boolean closed;

    StreamSelectors(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits until the stream is ready for {@code interest}, {@code nanos} have passed (0: no limit), or it is woken.
     */
    void await(int interest, long nanos, BooleanSupplier needless) {
        try {
            Selector selector = readerFor(interest);
            if (selector == null) {
                LockSupport.parkNanos(nanos == 0 ? RETRY : Math.min(nanos, RETRY));
            } else if (!needless.getAsBoolean()) {
                select(selector, nanos);
            }
        } catch (ClosedSelectorException | ClosedChannelException | CancelledKeyException closed) {
            // another thread has closed it, and records that next
        } catch (IOException broken) {
            throw new IllegalStateException("the system cannot open a selector", broken);
        }
    }

    /** junixsocket cancels the key of a stream when its client has closed it, even with unread input. */
    private SelectionKey again(SelectionKey forgotten, Selector selector, int interest) throws IOException {
        forgotten.cancel();
        return channel.register(selector, interest);
    }

    /** Waits until the stream is writable; one thread at a time. */
    void awaitWritable(long nanos, BooleanSupplier needless) throws IOException {
        try {
            Selector selector = writer();
            if (selector == null) {
                LockSupport.parkNanos(nanos == 0 ? RETRY : Math.min(nanos, RETRY));
            } else if (!needless.getAsBoolean()) {
                select(selector, nanos);
            }
        } catch (ClosedSelectorException closed) {
            // another thread has closed the connection: the next write reports it
        }
    }

    private synchronized @Nullable Selector readerFor(int interest) throws IOException {
        Selector selector = reader;
        if (selector == null) {
            selector = open();
            reader = selector;
        }
        SelectionKey key = readKey;
        if (selector == null) {
            return null;
        } else if (key == null) {
            readKey = channel.register(selector, interest);
        } else if (!key.isValid() && interest != 0) {
            readKey = again(key, selector, interest);
        } else if (key.isValid() && key.interestOps() != interest) {
            key.interestOps(interest);
        }
        return selector;
    }

    private synchronized @Nullable Selector writer() throws IOException {
        Selector selector = writer;
        if (selector == null) {
            selector = open();
            writer = selector;
            if (selector != null) {
                channel.register(selector, SelectionKey.OP_WRITE);
            }
        }
        return selector;
    }

    /** A new selector; null if the system has no descriptor left: try again later. */
    private @Nullable Selector open() {
        if (closed) {
            throw new ClosedSelectorException();
        }
        try {
            return channel.provider().openSelector();
        } catch (IOException noDescriptor) {
            return null;
        }
    }

    private static void select(Selector selector, long nanos) throws IOException {
        // junixsocket does not wait in select(0)
        if (nanos == 0) {
            selector.select();
        } else {
            selector.select(Math.max(1, (nanos + 999_999) / 1_000_000));
        }
        selector.selectedKeys().clear();
    }

    /** Wakes the threads that wait for input, so that they evaluate their conditions again. */
    void wakeReader() {
        wake(reader);
    }

    void wakeWriter() {
        wake(writer);
    }

    private static void wake(@Nullable Selector selector) {
        if (selector != null) {
            selector.wakeup();
        }
    }

    synchronized void close() {
        closed = true;
        rest();
    }

    /** Releases the resources for waiting; a later wait opens them again. */
    synchronized void rest() {
        Closing.quietly(reader);
        Closing.quietly(writer);
        reader = null;
        writer = null;
        readKey = null;
    }
}
