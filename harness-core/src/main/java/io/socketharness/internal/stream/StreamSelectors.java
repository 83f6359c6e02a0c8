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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The selectors with which threads wait for a stream. Each is opened on demand, because many streams need none. */
final class StreamSelectors {

    /** How long to wait if the system has no descriptor for a selector. */
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(20);

    private final SocketChannel channel;
    private volatile @Nullable Waiter reader;
    private volatile @Nullable Waiter writer;
    private @Nullable SelectionKey readKey;
    private boolean closed;

    /** A selector on which one thread at a time waits. */
    private static final class Waiter {

        private final Selector selector;
        /** Fair: a thread that closes the selector comes before the next wait. */
        private final ReentrantLock waiting = new ReentrantLock(true);

        Waiter(Selector selector) {
            this.selector = selector;
        }

        /** Waits for {@code nanos}; 0 for no limit. */
        void select(long nanos) throws IOException {
            waiting.lock();
            try {
                // junixsocket does not wait in select(0)
                if (nanos == 0) {
                    selector.select();
                } else {
                    selector.select(Math.max(1, (nanos + 999_999) / 1_000_000));
                }
                selector.selectedKeys().clear();
            } finally {
                waiting.unlock();
            }
        }

        /** The selector of junixsocket does not notice a close by another thread, which could then wait forever. */
        void close() {
            selector.wakeup();
            waiting.lock();
            try {
                Closing.quietly(selector);
            } finally {
                waiting.unlock();
            }
        }
    }

    StreamSelectors(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits until the stream is ready for {@code interest}, {@code nanos} have passed (0: no limit), or it is woken.
     */
    void await(int interest, long nanos, BooleanSupplier needless) {
        try {
            Waiter waiter = readerFor(interest);
            if (waiter == null) {
                LockSupport.parkNanos(nanos == 0 ? RETRY : Math.min(nanos, RETRY));
            } else if (!needless.getAsBoolean()) {
                waiter.select(nanos);
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
            Waiter waiter = writer();
            if (waiter == null) {
                LockSupport.parkNanos(nanos == 0 ? RETRY : Math.min(nanos, RETRY));
            } else if (!needless.getAsBoolean()) {
                waiter.select(nanos);
            }
        } catch (ClosedSelectorException closed) {
            // another thread has closed the connection: the next write reports it
        }
    }

    private synchronized @Nullable Waiter readerFor(int interest) throws IOException {
        Waiter waiter = reader;
        if (waiter == null) {
            waiter = open();
            reader = waiter;
        }
        SelectionKey key = readKey;
        if (waiter == null) {
            return null;
        } else if (key == null) {
            readKey = channel.register(waiter.selector, interest);
        } else if (!key.isValid() && interest != 0) {
            readKey = again(key, waiter.selector, interest);
        } else if (key.isValid() && key.interestOps() != interest) {
            key.interestOps(interest);
        }
        return waiter;
    }

    private synchronized @Nullable Waiter writer() throws IOException {
        Waiter waiter = writer;
        if (waiter == null) {
            waiter = open();
            writer = waiter;
            if (waiter != null) {
                channel.register(waiter.selector, SelectionKey.OP_WRITE);
            }
        }
        return waiter;
    }

    /** A new selector; null if the system has no descriptor left: try again later. */
    private @Nullable Waiter open() {
        if (closed) {
            throw new ClosedSelectorException();
        }
        try {
            return new Waiter(channel.provider().openSelector());
        } catch (IOException noDescriptor) {
            return null;
        }
    }

    /** Wakes the threads that wait for input, so that they evaluate their conditions again. */
    void wakeReader() {
        wake(reader);
    }

    void wakeWriter() {
        wake(writer);
    }

    private static void wake(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.selector.wakeup();
        }
    }

    synchronized void close() {
        closed = true;
        rest();
    }

    /** Releases the resources for waiting; a later wait opens them again. */
    synchronized void rest() {
        close(reader);
        close(writer);
        reader = null;
        writer = null;
        readKey = null;
    }

    private static void close(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.close();
        }
    }
}
