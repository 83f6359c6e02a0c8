package io.socketharness.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** The records of a server, with the faults of a script. Each call is atomic; the lock combines several. */
final class TlsOutput {

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WritableByteChannel below;
    private final SSLEngine engine;
    /** Unwritten bytes are between position and limit. */
    private ByteBuffer records = ByteBuffer.allocate(0);

    private long allowance = Long.MAX_VALUE;
    private boolean corrupts;
    private boolean closed;

    TlsOutput(WritableByteChannel below, SSLEngine engine) {
        this.below = below;
        this.engine = engine;
    }

    /** Creates a record when earlier ones are written. */
    synchronized SSLEngineResult wrap(ByteBuffer data) throws SSLException {
        int size = engine.getSession().getPacketBufferSize();
        // a duplicate, so that no bytes are pending if the engine throws
        ByteBuffer into = records.capacity() < size
                ? ByteBuffer.allocate(size)
                : records.duplicate().clear();
        SSLEngineResult result = engine.wrap(data, into);
        records = into.flip();
        if (corrupts && result.bytesConsumed() > 0) {
            corrupts = false;
            int last = records.limit() - 1;
            records.put(last, (byte) (records.get(last) ^ 1));
        }
        return result;
    }

    /** Writes pending records; false if some are left. */
    synchronized boolean flush() throws IOException {
        while (records.hasRemaining()) {
            int limit = records.limit();
            records.limit(records.position() + (int) Math.min(records.remaining(), allowance));
            int count = records.hasRemaining() ? below.write(records) : 0;
            records.limit(limit);
            allowance -= allowance == Long.MAX_VALUE ? 0 : count;
            if (count == 0) {
                return false;
            }
        }
        return true;
    }

    /** Creates and writes the engine's own records, while there is room. */
    synchronized void say() throws IOException {
        while (flush() && !engine.isOutboundDone()) {
            if (wrap(NOTHING).bytesProduced() == 0) {
                break;
            }
        }
    }

    /** Sends the engine's alert after a failure, if the client is there. */
    void sendAlert() {
        try {
            say();
        } catch (IOException gone) {
            // the client will not receive it
        }
    }

    /**
     * Answers the client's record: a close_notify, new keys, or a new handshake. A client that is gone gets no answer,
     * but its earlier data is still read.
     */
    void answer() throws SSLException {
        try {
            sendAnswer();
        } catch (SSLException failed) {
            throw failed;
        } catch (IOException gone) {
            drop();
        }
    }

    private synchronized void sendAnswer() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> TlsHandshake.runTasks(engine);
                case NEED_WRAP -> {
                    if (!flush() || wrap(NOTHING).bytesProduced() == 0) {
                        return;
                    }
                }
                default -> {
                    flush();
                    return;
                }
            }
        }
    }

    /** Encrypts and writes data while there is room, and returns how much was consumed. */
    synchronized int write(ByteBuffer data) throws IOException {
        int before = data.position();
        while (data.hasRemaining() && flush()) {
            if (closed) {
                throw new ClosedChannelException();
            }
            SSLEngineResult result = wrap(data);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new IOException("TLS is closed for sending: the client has sent its close_notify");
            }
            if (result.bytesConsumed() + result.bytesProduced() == 0) {
                // the reading thread is in a new handshake
                break;
            }
        }
        flush();
        return data.position() - before;
    }

    /** Ends the output with a close_notify, if there is room for it. */
    synchronized void halfClose() throws IOException {
        closed = true;
        engine.closeOutbound();
        say();
    }

    /** Drops unwritten records. */
    synchronized void drop() {
        records.limit(records.position());
    }

    /** The records that wait for room; only to look at, before another thread may write. */
    synchronized ByteBuffer pending() {
        return records;
    }

    synchronized boolean hasPending() {
        return records.hasRemaining();
    }

    /** Limits the bytes that are sent. */
    synchronized void limit(int bytes) {
        allowance = bytes;
    }

    synchronized boolean isLimitReached() {
        return allowance == 0;
    }

    /** Flips a bit of the next data record. */
    synchronized void corruptNext() {
        corrupts = true;
    }
}
