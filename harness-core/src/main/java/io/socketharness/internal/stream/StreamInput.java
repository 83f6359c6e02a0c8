package io.socketharness.internal.stream;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.tls.TlsException;
import io.socketharness.recording.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/** The bytes that come in on a stream: any thread reads them without waiting, and records them. */
final class StreamInput {

    private static final int ROOM = 1 << 20;
    private static final int BUFFER = 16 * 1024;
    /** With that many reads of a full buffer each, all is read that the system can hold. */
    private static final int MOST_READS = 2048;
    /** In place of the buffer when nothing is read any more. */
    private static final ByteBuffer NO_BUFFER = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final ExchangeRecorder recorder;
    private final StreamTls tls;
    private final StreamSelectors selectors;
    private final ReentrantLock reading = new ReentrantLock();
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private volatile boolean clientEnded;
    private volatile boolean wanted;
    private volatile boolean unlimited;
    /** The system has refused to send: the client has gone, and what it sent before is still to be read. */
    private volatile boolean refused;

    /** The last read took all there was: selecting before the next saves one that finds nothing. */
    private volatile boolean emptied;

    StreamInput(SocketChannel channel, ExchangeRecorder recorder, StreamTls tls, StreamSelectors selectors) {
        this.channel = channel;
        this.recorder = recorder;
        this.tls = tls;
        this.selectors = selectors;
    }

    /** Lets all that comes in while nobody serves the connection: it is recorded, up to the recording's limit. */
    void unlimited(boolean on) {
        unlimited = on;
    }

    /** Lets in whatever comes while a receive waits for more. */
    void wanted(boolean on) {
        wanted = on;
    }

    /** Whether there is room for more, and more may come. */
    boolean mayRead() {
        return !isInputDone()
                && channel.isOpen()
                && !tls.isUndecided()
                && (wanted || unlimited || recorder.unread() < ROOM);
    }

    /** A handshake that begins when the client has ended may have its hello already, or fails. */
    boolean isInputDone() {
        return clientEnded && !tls.isUnderWay();
    }

    /** Whether a read would find nothing, as far as is known. */
    boolean isEmptied() {
        return emptied;
    }

    /** Says that something may have come. */
    void mayHaveMore() {
        emptied = false;
    }

    boolean clientEnded() {
        return clientEnded;
    }

    /** Says that the system has refused a send: the next read that fails is the end of the client. */
    void sendRefused() {
        refused = true;
    }

    /** Reads once without waiting; false if nothing was there. */
    boolean takeIn() {
        reading.lock();
        try {
            if (isInputDone() || !channel.isOpen() || tls.isUndecided()) {
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
                // the refused write took the error that a read would have got
                ended();
            } else if (count < 0) {
                clientEnded = true;
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

    /** Takes in all that the system holds now, as far as there is room; not what a client sends meanwhile without end. */
    void takeInAll() {
        int reads = 0;
        while (reads < MOST_READS && mayRead() && takeIn()) {
            reads++;
        }
        if (reads > 0) {
            selectors.wakeReader();
        }
    }

    private void ended() {
        if (!clientEnded) {
            clientEnded = true;
            recorder.event(Event.Kind.RESET_BY_CLIENT, "");
        }
    }

    /** Waits for a thread that reads. */
    void awaitReader() {
        reading.lock();
        try {
            // what it has changed is recorded now
        } finally {
            reading.unlock();
        }
    }

    /** Changes how the stream is read, while nobody reads it, and wakes those who wait. */
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

    /** A connection that has ended costs its recording alone. Waits for who reads, so that the recording's lock is not held. */
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
