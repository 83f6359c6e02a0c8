package io.socketharness.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The records that a client sends: read from the channel below, and handed to the engine one at a time. One thread at a
 * time uses it; any may ask {@link #isTruncated()}.
 */
final class TlsInput {

    private final ReadableByteChannel below;
    private final SSLEngine engine;
    private final TlsRecords records = new TlsRecords();
    /** Between position and limit stands what is still to be taken. */
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

    /** What was read and not taken yet; its position is moved by who takes it. */
    ByteBuffer incoming() {
        return incoming;
    }

    /** A copy of what was read and not taken yet. */
    byte[] unread() {
        byte[] copy = new byte[incoming.remaining()];
        incoming.duplicate().get(copy);
        return copy;
    }

    /** The client's hello, once the engine has got all of it. */
    Optional<ClientHello> hello() {
        return records.hello();
    }

    /** Whether the engine has got a part of the client's hello. */
    boolean hasBegun() {
        return records.hasBegun();
    }

    /** Notes that the handshake is done. */
    void established(String protocol) {
        established = true;
        if (protocol.equals("TLSv1.3")) {
            mostEncrypted = TlsRecords.MOST_ENCRYPTED;
        }
    }

    /** How many bytes of records have come, taken or not. */
    long arrived() {
        return arrived;
    }

    /** Notes that nothing more comes. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether the channel below has ended. */
    boolean isTruncated() {
        return truncated;
    }

    /** Reads what is there, and returns its length; -1 at the end. */
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

    /** The length of the record that {@code in} begins with; 0 if it is not all there. */
    int wholeRecord(ByteBuffer in) throws SSLException {
        int most = records.hello().isEmpty() ? TlsRecords.MOST_CLEAR : mostEncrypted;
        Optional<String> fault = TlsRecords.fault(in, most);
        if (fault.isPresent()) {
            throw new BadRecord(fault.get());
        }
        return TlsRecords.whole(in);
    }

    /** Hands one record to the engine; false if it is not all there. */
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

    /** Whether decrypted bytes wait to be {@linkplain #take taken}. */
    boolean hasClear() {
        return clear.hasRemaining();
    }

    /** Takes decrypted bytes, as many as there is room for. */
    void take(ByteBuffer into) {
        int count = Math.min(into.remaining(), clear.remaining());
        into.put(clear.slice().limit(count));
        clear.position(clear.position() + count);
    }
}
