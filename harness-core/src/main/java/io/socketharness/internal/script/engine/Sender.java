package io.socketharness.internal.script.engine;

import io.socketharness.internal.script.engine.TransportChannel.OtherPort;
import io.socketharness.script.DeadlineExceeded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends on a connection: one message at a time, whole or in pieces. */
final class Sender {

    private final TransportChannel transport;
    private final ReentrantLock sending = new ReentrantLock();
    /** Collects the messages of the thread that has the lock, or null. */
    private @Nullable OneWrite batch;
    /** Whether the thread that has the lock runs the code of a batch. */
    private volatile boolean collecting;
    /** Whether the thread that has the lock waits before its next piece. */
    private volatile boolean pausing;

    Sender(TransportChannel transport) {
        this.transport = transport;
    }

    /** Sends, after any send of another thread; the deadline is in terms of {@link System#nanoTime()}. */
    void send(Outgoing message, long deadline, @Nullable Drip drip) {
        send(message, deadline, drip, null);
    }

    /** Sends, from another port if there is one. */
    void send(Outgoing message, long deadline, @Nullable Drip drip, @Nullable OtherPort from) {
        lockSending(deadline);
        try {
            if (batch == null) {
                sendWhole(message, deadline, drip, from);
            } else {
                batch.add(message);
            }
        } finally {
            sending.unlock();
        }
    }

    /** Sends in one write what this thread sends in {@code sends}; nothing if that throws. Other threads wait. */
    void batch(Runnable sends, @Nullable Duration limit, @Nullable Drip drip) {
        lockSending(Input.deadline(limit));
        try {
            if (batch != null) {
                sends.run();
                return;
            }
            OneWrite all = new OneWrite();
            try {
                batch = all;
                collecting = true;
                sends.run();
            } catch (RuntimeException | Error failed) {
                all.notSent();
                throw failed;
            } finally {
                batch = null;
                collecting = false;
            }
            if (!all.isEmpty()) {
                sendWhole(all, Input.deadline(limit), drip, null);
            }
        } finally {
            sending.unlock();
        }
    }

    private void sendWhole(Outgoing message, long deadline, @Nullable Drip drip, @Nullable OtherPort from) {
        byte[] bytes = message.bytes(0);
        boolean whole = false;
        try {
            sendLocked(bytes, deadline, drip, from);
            whole = true;
        } finally {
            if (whole) {
                message.sent();
            } else {
                message.notSent();
            }
        }
    }

    private void sendLocked(byte[] bytes, long deadline, @Nullable Drip drip, @Nullable OtherPort from) {
        if (drip == null || bytes.length <= drip.bytes()) {
            send(ByteBuffer.wrap(bytes), deadline, from);
            return;
        }
        for (int at = 0; at < bytes.length; at += drip.bytes()) {
            if (at > 0) {
                pause(drip);
            }
            send(ByteBuffer.wrap(bytes, at, Math.min(drip.bytes(), bytes.length - at)), deadline, from);
        }
    }

    private void pause(Drip drip) {
        pausing = true;
        try {
            transport.pause(System.nanoTime() + drip.every().toNanos());
        } finally {
            pausing = false;
        }
    }

    private void send(ByteBuffer piece, long deadline, @Nullable OtherPort from) {
        if (from == null) {
            transport.send(piece, deadline);
        } else {
            from.send(piece, deadline);
        }
    }

    /** Why a send of another thread takes so long. */
    private String delay() {
        if (collecting) {
            return "it is a batch whose code is still running";
        }
        return pausing ? "it is sent in pieces, with pauses between them (@drip)" : "the client does not read";
    }

    /** Waits for a send of another thread, up to the deadline of this one. */
    private void lockSending(long deadline) {
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
                throw new DeadlineExceeded(
                        "another send on this connection did not end in time: " + delay() + "; nothing was sent");
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
