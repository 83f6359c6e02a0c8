package io.socketharness.internal.stream;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.tls.TlsException;
import io.socketharness.recording.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** The input of a stream: any thread reads it without waiting, and records it. */
final class StreamInput {

    private static final int ROOM = 1 << 20;
    private static final int BUFFER = 16 * 1024;
    /** This many reads of a full buffer read everything that the system can hold. */
    private static final int MOST_READS = 2048;
    /** This many reads of a full buffer read as much as the system holds by default. */
    private static final int FEW_READS = 512;
    /** Replaces the buffer when nothing is read any more. */
    private static final ByteBuffer NO_BUFFER = ByteBuffer.allocate(0);

    private final StreamWire wire;
    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final StreamSelectors selectors;
    private final ReentrantLock reading = new ReentrantLock();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private volatile boolean clientEnded;
    private final AtomicInteger readsFromNetwork = new AtomicInteger();
    private volatile boolean wanted;
    private volatile boolean unlimited;
    /** The system refused a send: the client is gone, but its earlier data is still to be read. */
    private volatile boolean refused;

    /** The last read found everything: selecting before the next read saves an empty one. */
    private volatile boolean emptied;

    StreamInput(StreamWire wire, ExchangeRecorder recorder, StreamTls tls, StreamSelectors selectors) {
        this.wire = wire;
        this.recorder = recorder;
        this.tls = tls;
        this.selectors = selectors;
    }

    /** Reads all input while nobody serves the connection: it is recorded, up to the recording's limit. */
    void unlimited(boolean on) {
        unlimited = on;
    }

    /** Reads all input while a receive waits for more. */
    void wanted(boolean on) {
        wanted = on;
    }

    /** Whether there is room for more input, and more may arrive. */
    boolean mayRead() {
        return !isInputDone()
                && wire.isOpen()
                && !tls.isUndecided()
                && (wanted || unlimited || recorder.unread() < ROOM);
    }

    /**
     * Whether the input is complete. A handshake that begins after the client's end may have its hello already, or
     * fails.
     */
    boolean hasArrived() {
        return recorder.arrived() > 0;
    }

    boolean isInputDone() {
        return clientEnded && !tls.isUnderWay();
    }

    /** Whether a read would most likely find nothing. */
    boolean isEmptied() {
        return emptied;
    }

    /** Notes that input may have arrived. */
    void mayHaveMore() {
        emptied = false;
    }

    boolean clientEnded() {
        return clientEnded;
    }

    /** Notes that the system refused a send: the next failed read is the end of the client. */
    void sendRefused() {
        refused = true;
    }

    /** Reads once without waiting; false if there was nothing. */
    boolean readOnce() {
        return wire.network() == null ? readNext() : readFromNetwork();
    }

    private boolean readFromNetwork() {
        readsFromNetwork.incrementAndGet();
        try {
            return readNext();
        } finally {
            readsFromNetwork.decrementAndGet();
            recorder.changed();
        }
    }

    /** Whether data has left the simulated network and may not be recorded yet. */
    boolean readsFromNetwork() {
        return readsFromNetwork.get() > 0;
    }

    private boolean readNext() {
        reading.lock();
        try {
            if (isInputDone() || !wire.isOpen() || tls.isUndecided()) {
                return false;
            }
            if (tls.isUnderWay()) {
                return tls.advance();
            }
            buffer.clear();
            int count = tls.stream().read(buffer);
            emptied = buffer.hasRemaining() && !tls.hasMore();
            if (tls.hasFailed()) {
                clientEnded = count < 0;
            } else if (count > 0) {
                recorder.received(buffer.flip());
            } else if (count < 0 && refused) {
                // the refused write consumed the error that a read would have got
                ended();
            } else if (count < 0) {
                clientEnded = true;
                recorder.client().truncated(tls.isTruncated());
                recorder.event(Event.Kind.HALF_CLOSED_BY_CLIENT, tls.end());
            }
            return count != 0;
        } catch (ClosedChannelException closed) {
            return false;
        } catch (TlsException broken) {
            tls.broken(broken);
            return true;
        } catch (IOException reset) {
            ended();
            return true;
        } finally {
            reading.unlock();
        }
    }

    /** Drains pending input while there is room, but not the input of a client that sends without end. */
    void drain() {
        int reads = 0;
        while (reads < MOST_READS && mayRead() && readOnce()) {
            reads++;
        }
        if (reads > 0) {
            selectors.wakeReader();
        }
    }

    /** Drains the data that the system usually holds, before a close: a client that sends without end delays it briefly. */
    void drainSystem() {
        for (int reads = 0; reads < FEW_READS && readOnce(); reads++) {
            // the next one
        }
    }

    private void ended() {
        if (!clientEnded) {
            clientEnded = true;
            recorder.event(Event.Kind.RESET_BY_CLIENT, "");
        }
    }

    /** Waits for a reading thread. */
    void awaitReader() {
        reading.lock();
        try {
            // its changes are recorded now
        } finally {
            reading.unlock();
        }
    }

    /** Changes how the stream is read, while no thread reads it, and wakes waiting threads. */
    void change(Runnable action) {
        reading.lock();
        try {
            action.run();
            emptied = false;
        } finally {
            reading.unlock();
        }
        selectors.wakeReader();
    }

    /**
     * Leaves only the recording of an ended connection in memory. Waits for a reading thread, so that the recording's
     * lock is not held.
     */
    void discardBuffers() {
        reading.lock();
        try {
            buffer = NO_BUFFER;
            tls.release();
        } finally {
            reading.unlock();
        }
    }
}
