package io.socketharness.internal.stream;

import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.ServerClosed;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How threads wait on a stream: for input, for time to pass, and for the client to read. If several wait, one selects
 * and wakes the others.
 */
final class StreamWaits {

    private final StreamWire wire;
    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final StreamSelectors selectors;
    private final StreamInput input;
    private final ReentrantLock selecting = new ReentrantLock();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean sendBlocked;

    StreamWaits(
            StreamWire wire, ExchangeRecorder recorder, StreamTls tls, StreamSelectors selectors, StreamInput input) {
        this.wire = wire;
        this.recorder = recorder;
        this.tls = tls;
        this.selectors = selectors;
        this.input = input;
    }

    /**
     * Waits until {@code done}, which is evaluated after each change and when threads are woken; false if the deadline
     * passes first.
     */
    boolean until(BooleanSupplier done, long deadline) {
        while (true) {
            if (stopped) {
                throw new ServerClosed();
            }
            if (done.getAsBoolean()) {
                return true;
            }
            boolean late = left(deadline) < 0;
            if (late || Thread.currentThread().isInterrupted()) {
                // what has arrived by now is in time, even if this thread is late, and needs no wait
                Interrupts.defer(input::drain);
                if (done.getAsBoolean()) {
                    return true;
                }
                if (late) {
                    return false;
                }
                Interrupts.check();
            }
            if (left(tls.deadline()) < 0 && !input.readOnce()) {
                input.change(tls::timeOut);
            }
            if (!input.mayRead() || input.isEmptied() || !input.readOnce()) {
                long soonest = Math.min(deadline, tls.deadline());
                await(done, soonest, patience(soonest));
            }
        }
    }

    /** The time until a deadline: 0 for no deadline, negative if it has passed. */
    private static long left(long deadline) {
        if (deadline == Long.MAX_VALUE) {
            return 0;
        }
        long left = deadline - System.nanoTime();
        return left == 0 ? -1 : left;
    }

    /** The time to wait, where 0 means no limit: a deadline that has passed in the meantime must not become 0. */
    private static long patience(long deadline) {
        long left = left(deadline);
        return left < 0 ? 1 : left;
    }

    private void await(BooleanSupplier done, long deadline, long left) {
        beginWait();
        try {
            awaitChange(done, deadline, left);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void beginWait() {
        waiting.incrementAndGet();
        recorder.changed();
    }

    private void awaitChange(BooleanSupplier done, long deadline, long left) {
        if (!wire.isOpen()) {
            recorder.await(() -> stopped || done.getAsBoolean(), deadline);
        } else if (selecting.tryLock()) {
            try {
                select(done, left);
            } finally {
                selecting.unlock();
            }
            recorder.changed();
        } else {
            selectors.wakeReader();
            recorder.await(() -> stopped || done.getAsBoolean() || !selecting.isLocked(), deadline);
        }
    }

    private void select(BooleanSupplier done, long left) {
        StreamNetwork network = wire.network();
        if (network == null) {
            int interest = tls.wantsToWrite() ? SelectionKey.OP_WRITE : input.mayRead() ? SelectionKey.OP_READ : 0;
            selectors.await(interest, left, () -> stopped || done.getAsBoolean());
        } else {
            // the network's thread reads and writes, and wakes this one
            selectors.await(
                    0,
                    left,
                    () -> stopped
                            || done.getAsBoolean()
                            || input.mayRead() && network.hasInput()
                            || tls.wantsToWrite() && network.isWritable());
        }
        input.mayHaveMore();
    }

    /** Waits until the client reads, or the output is closed. */
    void untilWritable(long deadline, int remaining, BooleanSupplier outputClosed) throws IOException {
        long left = left(deadline);
        StreamNetwork network = wire.network();
        if (left < 0) {
            throw new DeadlineExceeded((network == null || network.waitsForClient()
                            ? "the client did not read in time; "
                            : "the network conditions let too little pass in time; ")
                    + remaining + " bytes were not sent");
        }
        Interrupts.check();
        sendBlocked = true;
        beginWait();
        try {
            if (network == null) {
                selectors.awaitWritable(left, () -> stopped || outputClosed.getAsBoolean());
            } else {
                recorder.await(() -> stopped || outputClosed.getAsBoolean() || network.isWritable(), deadline);
            }
        } finally {
            sendBlocked = false;
            waiting.decrementAndGet();
        }
    }

    /** Whether a send waits until the client reads. */
    boolean isSendBlocked() {
        return sendBlocked;
    }

    boolean isWaiting() {
        return waiting.get() > 0;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Ends all waits. */
    void stop() {
        stopped = true;
        selectors.wakeReader();
        selectors.wakeWriter();
        recorder.changed();
    }
}
