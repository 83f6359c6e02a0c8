package io.socketharness.internal.script.engine;

import io.socketharness.script.DeadlineExceeded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Sends on a connection: one message at a time, whole or in pieces. */
final class Sender {

    private final TransportChannel transport;
    private final ReentrantLock sending = new ReentrantLock();
    /** Collects the messages of the thread that has the lock, or null. */
    private @Nullable OneWrite batch;

    Sender(TransportChannel transport) {
        this.transport = transport;
    }

    /** Sends, after any send of another thread; the deadline is in terms of {@link System#nanoTime()}. */
    void send(byte[] bytes, long deadline, @Nullable Drip drip) {
        send(bytes, deadline, drip, behind -> {});
    }

    /**
     * Sends, and runs {@code sent} before another thread can send. It gets the number of bytes that the same write has
     * after these.
     */
    void send(byte[] bytes, long deadline, @Nullable Drip drip, IntConsumer sent) {
        lockSending(bytes.length, deadline);
        try {
            if (batch != null) {
                batch.add(bytes, sent);
            } else {
                sendLocked(bytes, deadline, drip);
                sent.accept(0);
            }
        } finally {
            sending.unlock();
        }
    }

    /** Sends in one write what this thread sends in {@code sends}; nothing if that throws. Other threads wait. */
    void batch(Runnable sends, @Nullable Duration limit, @Nullable Drip drip) {
        lockSending(-1, Input.deadline(limit));
        try {
            if (batch != null) {
                sends.run();
                return;
            }
            OneWrite all = new OneWrite();
            batch = all;
            try {
                sends.run();
            } finally {
                batch = null;
            }
            if (!all.isEmpty()) {
                sendLocked(all.bytes(), Input.deadline(limit), drip);
                all.sent();
            }
        } finally {
            sending.unlock();
        }
    }

    private void sendLocked(byte[] bytes, long deadline, @Nullable Drip drip) {
        if (drip == null || bytes.length <= drip.bytes()) {
            transport.send(ByteBuffer.wrap(bytes), deadline);
            return;
        }
        for (int from = 0; from < bytes.length; from += drip.bytes()) {
            if (from > 0) {
                transport.pause(System.nanoTime() + drip.every().toNanos());
            }
            transport.send(ByteBuffer.wrap(bytes, from, Math.min(drip.bytes(), bytes.length - from)), deadline);
        }
    }

    /** Waits for a send of another thread, up to the deadline of this one; for a batch, {@code bytes} is -1. */
    private void lockSending(int bytes, long deadline) {
        if (sending.tryLock()) {
            return;
        }
        if (deadline == Long.MAX_VALUE) {
            sending.lock();
            return;
        }
        // an interrupted thread need not wait long, and sends anyway
        boolean interrupted = Thread.interrupted();
        try {
            if (!sending.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceeded("another send on this connection did not end in time: the client does not"
                        + " read; " + (bytes < 0 ? "the batch was" : bytes + " bytes were") + " not sent");
            }
        } catch (InterruptedException now) {
            interrupted = true;
            throw new CancellationException("interrupted while waiting for another send on this connection");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
