package io.socketharness.internal.datagram;

import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.recording.IoAction;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Actions that only the receiving thread of a port can run, between two datagrams. Other threads wait for them. */
public final class ReceiverTasks {

    private static final class Task {
        final IoAction action;
        final CountDownLatch done = new CountDownLatch(1);
        volatile @Nullable Throwable failure;

        Task(IoAction action) {
            this.action = action;
        }

        void run() {
            try {
                action.run();
            } catch (IOException | RuntimeException | Error failed) {
                failure = failed;
            } finally {
                done.countDown();
            }
        }
    }

    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    /**
     * Runs an action on the receiving thread, which {@code wake} wakes. Does nothing if that thread has ended. The
     * receiving thread must not call it.
     */
    public void run(IoAction action, Runnable wake) throws IOException {
        Task task = new Task(action);
        tasks.add(task);
        wake.run();
        if (ended) {
            end();
        }
        Interrupts.await(task.done, Long.MAX_VALUE);
        Throwable failure = task.failure;
        if (failure instanceof IOException failed) {
            throw failed;
        } else if (failure instanceof RuntimeException failed) {
            throw failed;
        } else if (failure instanceof Error failed) {
            throw failed;
        }
    }

    /** Runs the waiting actions, on the receiving thread; false if there were none. */
    public boolean runAll() {
        Task next = tasks.poll();
        if (next == null) {
            return false;
        }
        for (; next != null; next = tasks.poll()) {
            next.run();
        }
        return true;
    }

    /** Ends all waits, also later ones: the receiving thread has ended. */
    public void end() {
        ended = true;
        for (Task next = tasks.poll(); next != null; next = tasks.poll()) {
            next.done.countDown();
        }
    }
}
