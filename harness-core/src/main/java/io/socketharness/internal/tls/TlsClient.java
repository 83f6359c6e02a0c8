package io.socketharness.internal.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** The client's side of TLS over a blocking channel. One thread reads, and others may write. */
public final class TlsClient {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** In milliseconds: how often a writing thread tries again during a new handshake, which is rare. */
    private static final long HANDSHAKE_POLL = 5;

    private final SocketChannel channel;
    private final SSLEngine engine;
    /** Received records that are not processed, between position and limit. */
    private ByteBuffer incoming;
    /** Decrypted data that is not read, between position and limit. */
    private ByteBuffer clear;

    private ByteBuffer outgoing;
    private volatile boolean truncated;

    /**
     * The client's side over a channel on which no TLS was spoken.
     *
     * @param engine a new client engine
     */
    public TlsClient(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        this.incoming =
                ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
        this.clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
        this.outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    /**
     * Establishes TLS.
     *
     * @param deadline see {@link System#nanoTime()}
     * @throws SSLException if a side refuses; the message contains the reason
     * @throws SocketTimeoutException if the server does not answer in time
     * @throws ClosedByInterruptException if the thread is interrupted
     */
    public void handshake(long deadline) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = channel.provider().openSelector()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            engine.beginHandshake();
            drive(
                    () -> await(selector, key, SelectionKey.OP_READ, deadline),
                    () -> await(selector, key, SelectionKey.OP_WRITE, deadline));
        } catch (SSLException refused) {
            sendAlert();
            throw refused;
        }
        channel.configureBlocking(true);
    }

    /** Waits for the channel. */
    private interface Wait {
        void forChannel() throws IOException;
    }

    private static void await(Selector selector, SelectionKey key, int operation, long deadline) throws IOException {
        key.interestOps(operation);
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || selector.select(millis) == 0 && System.nanoTime() - deadline >= 0) {
            throw new SocketTimeoutException("no answer to the TLS handshake");
        }
        if (Thread.currentThread().isInterrupted()) {
            // the selector would not wait any more
            throw new ClosedByInterruptException();
        }
        selector.selectedKeys().clear();
    }

    private void drive(Wait forInput, Wait forOutput) throws IOException {
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case NEED_TASK -> TlsHandshake.runTasks(engine);
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    while (outgoing.hasRemaining()) {
                        if (channel.write(outgoing) == 0) {
                            forOutput.forChannel();
                        }
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    while (!unwrap()) {
                        fill(forInput);
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void fill(Wait forInput) throws IOException {
        incoming.compact();
        try {
            int count = channel.read(incoming);
            if (count < 0) {
                throw new EOFException("it closed the connection during the TLS handshake");
            }
            if (count == 0) {
                forInput.forChannel();
            }
        } finally {
            incoming.flip();
        }
    }

    private void sendAlert() {
        try {
            wrap(NOTHING);
            channel.write(outgoing);
        } catch (IOException gone) {
            // the reason of the failure is known
        }
    }

    /** The engine, with its session. */
    public SSLEngine engine() {
        return engine;
    }

    /** Processes a record; false if more input is needed. */
    private boolean unwrap() throws IOException {
        clear.compact();
        try {
            SSLEngineResult result = engine.unwrap(incoming, clear);
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> {
                    requireRoomForRecord();
                    return false;
                }
                case BUFFER_OVERFLOW ->
                    clear = ByteBuffer.allocate(
                                    clear.position() + engine.getSession().getApplicationBufferSize())
                            .put(clear.flip());
                default -> {}
            }
            return true;
        } finally {
            clear.flip();
        }
    }

    private void requireRoomForRecord() {
        int size = engine.getSession().getPacketBufferSize();
        if (incoming.remaining() == incoming.capacity() || incoming.capacity() < size) {
            incoming = ByteBuffer.allocate(Math.max(size, incoming.capacity() * 2))
                    .put(incoming)
                    .flip();
        }
    }

    /**
     * Reads decrypted data; waits until there is some.
     *
     * @return the number of bytes, or -1 at the end
     */
    public int read(ByteBuffer into) throws IOException {
        while (!clear.hasRemaining()) {
            if (engine.isInboundDone() || !incoming.hasRemaining() && !more()) {
                return -1;
            }
            boolean processed = unwrap();
            if (!processed && !more()) {
                return -1;
            }
            answer();
        }
        int count = Math.min(into.remaining(), clear.remaining());
        into.put(clear.slice().limit(count));
        clear.position(clear.position() + count);
        return count;
    }

    private boolean more() throws IOException {
        incoming.compact();
        try {
            truncated = channel.read(incoming) < 0;
            return !truncated;
        } finally {
            incoming.flip();
        }
    }

    /** Whether the server ended the connection without a close_notify. */
    public boolean isTruncated() {
        return truncated;
    }

    /**
     * Answers the server's record: a close_notify, new keys, or a new handshake. A server that is gone gets no answer,
     * but its earlier data is still read.
     */
    private void answer() throws IOException {
        try {
            for (HandshakeStatus status = engine.getHandshakeStatus(); ; status = engine.getHandshakeStatus()) {
                if (status == HandshakeStatus.NEED_TASK) {
                    TlsHandshake.runTasks(engine);
                } else if (status != HandshakeStatus.NEED_WRAP || !writeNext(NOTHING)) {
                    return;
                }
            }
        } catch (SSLException failed) {
            throw failed;
        } catch (IOException gone) {
            // the next read reports it
        }
    }

    /** Encrypts and writes all data. */
    public synchronized void write(ByteBuffer data) throws IOException {
        try {
            while (data.hasRemaining()) {
                while (!writeNext(data)) {
                    // the reading thread is in a new handshake
                    if (truncated) {
                        throw new EOFException("it closed the connection during a TLS handshake");
                    }
                    wait(HANDSHAKE_POLL);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    /** Writes a record; false if there is none. */
    private synchronized boolean writeNext(ByteBuffer data) throws IOException {
        boolean some = wrap(data);
        flush();
        return some;
    }

    private void flush() throws IOException {
        while (outgoing.hasRemaining()) {
            channel.write(outgoing);
        }
    }

    private synchronized boolean wrap(ByteBuffer data) throws IOException {
        outgoing.clear();
        SSLEngineResult result = engine.wrap(data, outgoing);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            result = engine.wrap(data, outgoing);
        }
        outgoing.flip();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && data.hasRemaining()) {
            throw new IOException("the real server has closed TLS");
        }
        return result.bytesConsumed() + result.bytesProduced() > 0;
    }

    /** Sends a close_notify. */
    public synchronized void closeOutput() throws IOException {
        engine.closeOutbound();
        writeNext(NOTHING);
    }
}
