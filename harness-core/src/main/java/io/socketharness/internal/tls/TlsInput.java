package io.socketharness.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The records of a client: read from the underlying channel, and passed to the engine one at a time. One thread at a
 * time uses it; any may call {@link #isTruncated()}.
 */
final class TlsInput {

    private final ReadableByteChannel below;
    private final SSLEngine engine;
    private final TlsRecords records = new TlsRecords();
    /** Unprocessed bytes are between position and limit. */
    private ByteBuffer incoming;

    private ByteBuffer clear;
    private long arrived;
    private boolean established;
    private int mostEncrypted = TlsRecords.MOST_ENCRYPTED_BEFORE;
    private boolean ended;
    private volatile boolean truncated;

    TlsInput(ReadableByteChannel below, SSLEngine engine, byte[] ahead) {
        this.below = below;
        this.engine = engine;
        this.arrived = ahead.length;
        int size = engine.getSession().getPacketBufferSize();
        incoming = ByteBuffer.allocate(Math.max(size, ahead.length)).put(ahead).flip();
        clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    /** The bytes that were read but not processed; the caller moves the position. */
    ByteBuffer incoming() {
        return incoming;
    }

    /** A copy of the bytes that were read but not processed. */
    byte[] unread() {
        byte[] copy = new byte[incoming.remaining()];
        incoming.duplicate().get(copy);
        return copy;
    }

    /** The client's hello, once the engine has all of it. */
    Optional<ClientHello> hello() {
        return records.hello();
    }

    /** Whether the engine has a part of the client's hello. */
    boolean hasBegun() {
        return records.hasBegun();
    }

    /** Notes that the handshake is complete. */
    void established(String protocol) {
        established = true;
        if (protocol.equals("TLSv1.3")) {
            mostEncrypted = TlsRecords.MOST_ENCRYPTED;
        }
    }

    /** The number of received bytes of records, processed or not. */
    long arrived() {
        return arrived;
    }

    /** Notes that no more input can arrive. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether the underlying channel ended without a close_notify. */
    boolean isTruncated() {
        return truncated;
    }

    /** Reads pending input, and returns its length; -1 at the end. */
    int fill() throws IOException {
        ByteBuffer into = incoming.compact();
        int record = TlsRecords.announced(into);
        if (!into.hasRemaining() || record > into.capacity()) {
            into = larger(into, Math.max(record, into.capacity() * 2));
        }
        int count = below.read(into);
        arrived += Math.max(0, count);
        incoming = into.flip();
        if (count < 0) {
            truncated = true;
            ended = true;
        }
        return count;
    }

    /** The length of the record at the beginning of {@code in}; 0 if it is incomplete. */
    int wholeRecord(ByteBuffer in) throws SSLException {
        int most = records.hello().isEmpty() ? TlsRecords.MOST_CLEAR : mostEncrypted;
        Optional<String> fault = TlsRecords.fault(in, most);
        if (fault.isPresent()) {
            throw new BadRecord(fault.get());
        }
        return TlsRecords.whole(in);
    }

    /** Passes one record to the engine; false if it is incomplete. */
    boolean unwrap() throws SSLException {
        if (wholeRecord(incoming) == 0) {
            return false;
        }
        if (!established) {
            records.see(incoming);
        }
        ByteBuffer into = clear.compact();
        SSLEngineResult result = engine.unwrap(incoming, into);
        while (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            into = larger(into, into.position() + engine.getSession().getApplicationBufferSize());
            result = engine.unwrap(incoming, into);
        }
        clear = into.flip();
        ended |= result.getStatus() == SSLEngineResult.Status.CLOSED;
        return result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW;
    }

    private static ByteBuffer larger(ByteBuffer buffer, int capacity) {
        return ByteBuffer.allocate(capacity).put(buffer.flip());
    }

    /** Whether decrypted bytes are available for {@link #take}. */
    boolean hasClear() {
        return clear.hasRemaining();
    }

    /** Copies as many decrypted bytes as there is room for. */
    void take(ByteBuffer into) {
        int count = Math.min(into.remaining(), clear.remaining());
        into.put(clear.slice().limit(count));
        clear.position(clear.position() + count);
    }
}
