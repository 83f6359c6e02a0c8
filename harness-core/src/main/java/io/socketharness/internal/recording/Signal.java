package io.socketharness.internal.recording;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Wakes the threads that wait for a change of a recording. Conditions are evaluated outside the lock, so that a slow
 * one never blocks the server. Without waiting threads, {@link #changed()} is one volatile read.
 */
final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final AtomicInteger waiters = new AtomicInteger();
    private long version;

    void changed() {
        if (waiters.get() == 0) {
            return;
        }
        lock.lock();
        try {
            version++;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until {@code condition} holds, evaluated after each change; false if {@code deadline} (nanoTime, MAX_VALUE
     * for no limit) passes first.
     */
    boolean await(BooleanSupplier condition, long deadline) throws InterruptedException {
        waiters.incrementAndGet();
        try {
            while (true) {
                long seen = version();
                if (condition.getAsBoolean()) {
                    return true;
                }
                // even if changes come faster than the condition can be evaluated
                boolean late = deadline != Long.MAX_VALUE && deadline - System.nanoTime() <= 0;
                if (late || !awaitChange(seen, deadline)) {
                    return condition.getAsBoolean();
                }
            }
        } finally {
            waiters.decrementAndGet();
        }
    }

    private long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitChange(long seen, long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (version == seen) {
                if (deadline == Long.MAX_VALUE) {
                    change.await();
                    continue;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                change.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
