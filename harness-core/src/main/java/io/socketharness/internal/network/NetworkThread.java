package io.socketharness.internal.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread of a server's simulated network: it moves data on time, and reads and writes the channels of streams. */
public final class NetworkThread implements Runnable {

    /** junixsocket does not wait in select(0). */
    private static final long LONGEST = 60_000;

    private static final int BUFFER = 64 * 1024;
    /** Then the thread may have ended. */
    private static final long LONGEST_SYNC = 100;

    private static final long MILLI = 1_000_000;

    private final Selector selector;
    /**
     * The channels to read from, and how. junixsocket cancels the key of a stream when its client has closed it, even
     * with unread input.
     */
    private final Map<SelectableChannel, Runnable> forgettable = new HashMap<>();

    private final boolean forgets;
    private final Consumer<Throwable> failed;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Timeline timeline = new Timeline();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /**
     * Whether the thread was woken and has not looked at its tasks since. The selector of junixsocket blocks a thread
     * that wakes it too often.
     */
    private final AtomicBoolean woken = new AtomicBoolean();

    /** Null until it runs. */
    private volatile @Nullable Thread thread;

    private volatile boolean closed;

    /**
     * Opens the selector; {@link #run} begins.
     *
     * @param provider of the channels
     * @param failed takes an exception of this library
     */
    NetworkThread(SelectorProvider provider, Consumer<Throwable> failed) throws IOException {
        this.selector = provider.openSelector();
        this.forgets = provider != SelectorProvider.provider();
        this.failed = failed;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try (Selector on = selector) {
            while (!closed) {
                runTasks();
                timeline.run();
                select(on);
            }
            runTasks();
        } catch (Throwable broken) {
            if (!closed) {
                failed.accept(broken);
            }
        } finally {
            closed = true;
        }
    }

    private void runTasks() {
        woken.set(false);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void select(Selector on) throws IOException {
        long patience = timeline.patience();
        if (!tasks.isEmpty() || patience == 0) {
            on.selectNow();
        } else {
            on.select(Math.min(LONGEST, (Math.min(patience, LONGEST * MILLI) + MILLI - 1) / MILLI));
        }
        for (SelectionKey key : on.selectedKeys()) {
            ((Runnable) key.attachment()).run();
        }
        on.selectedKeys().clear();
        if (forgets) {
            readForgotten();
        }
    }

    private void readForgotten() {
        for (Map.Entry<SelectableChannel, Runnable> one : List.copyOf(forgettable.entrySet())) {
            SelectionKey key = one.getKey().keyFor(selector);
            if (key == null || !key.isValid()) {
                forgettable.remove(one.getKey());
                if (one.getKey().isOpen()) {
                    one.getValue().run();
                }
            }
        }
    }

    /** Runs a task on this thread, after those before it. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && !woken.getAndSet(true)) {
            selector.wakeup();
        }
    }

    /** Waits until the tasks before this call have run. */
    void sync() {
        if (isCurrent()) {
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        execute(reached::countDown);
        boolean interrupted = false;
        while (!closed) {
            try {
                if (reached.await(LONGEST_SYNC, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the caller is this thread. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Waits for operations of a channel; 0 for none. Only on this thread. */
    public void await(SelectableChannel channel, int operations, Runnable ready) throws IOException {
        SelectionKey key = channel.keyFor(selector);
        try {
            if (key != null && key.isValid()) {
                if (key.interestOps() != operations) {
                    key.interestOps(operations);
                }
            } else if (operations != 0) {
                if (key != null) {
                    key.cancel();
                    selector.selectNow();
                }
                channel.register(selector, operations, ready);
            }
            if (forgets && operations != 0) {
                forgettable.put(channel, ready);
            }
        } catch (CancelledKeyException | ClosedSelectorException closing) {
            // the connection or the server is being closed
        }
    }

    /** Lets the system close a channel, which it does only when the selector has released it. */
    public void forget(SelectableChannel channel) {
        execute(() -> {
            SelectionKey key = channel.keyFor(selector);
            if (key != null) {
                key.cancel();
            }
        });
    }

    /** An empty buffer for a read on this thread. */
    public ByteBuffer buffer() {
        return buffer.clear();
    }

    Timeline timeline() {
        return timeline;
    }

    void close() {
        closed = true;
        selector.wakeup();
    }
}
