package io.socketharness.tls;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The server's side of TLS over a byte channel that does not block; it never waits either. For those who add a transport;
 * tests never meet it.
 *
 * <p>One thread at a time reads or drives the handshake, any other may write.
 */
public final class TlsChannel implements ByteChannel {

    /** How far a handshake is. */
    public enum Progress {
        /** The client has to go on. */
        NEEDS_INPUT,
        /** The channel below took not all, or not as much as {@link #limitFlight} allows. */
        NEEDS_OUTPUT,
        /** TLS is established. */
        DONE
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteChannel below;
    private final SSLEngine engine;
    private final TlsRecords records = new TlsRecords();
    private final Object writing = new Object();
    /** Between position and limit stands what is still to be taken. */
    private ByteBuffer incoming;

    private ByteBuffer clear;
    private ByteBuffer outgoing = ByteBuffer.allocate(0);
    private long arrived;
    private boolean begun;
    private boolean ended;
    private volatile boolean truncated;
    private long allowance = Long.MAX_VALUE;
    private boolean corrupts;

    /**
     * A channel on which nothing was done yet.
     *
     * @param below what carries the records; it must not block
     * @param engine a server's, not begun
     * @param ahead what was already read of the client's records
     */
    public TlsChannel(ByteChannel below, SSLEngine engine, byte[] ahead) {
        this.below = below;
        this.engine = engine;
        this.arrived = ahead.length;
        int size = engine.getSession().getPacketBufferSize();
        incoming = ByteBuffer.allocate(Math.max(size, ahead.length)).put(ahead).flip();
        clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    /**
     * Reads the client's hello, and leaves it for the handshake.
     *
     * @return the hello, or nothing while it is not all there
     * @throws HandshakeException if the client sends something else, or ends
     * @throws IOException if the channel below cannot be read
     */
    public Optional<ClientHello> readHello() throws IOException {
        ByteBuffer all = incoming;
        while (true) {
            requireTls();
            TlsRecords seen = new TlsRecords();
            ByteBuffer view = all.duplicate();
            for (int whole = TlsRecords.whole(view); whole > 0; whole = TlsRecords.whole(view)) {
                seen.see(view);
                view.position(view.position() + whole);
            }
            if (seen.hello().isPresent() || !fill()) {
                return seen.hello();
            }
            all = incoming;
        }
    }

    /**
     * Drives the handshake as far as it goes without waiting.
     *
     * @return how far it is
     * @throws HandshakeException if it has failed; what the client is told about it has been sent
     */
    public Progress handshake() throws HandshakeException {
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            return drive();
        } catch (HandshakeException failed) {
            throw failed;
        } catch (SSLException failed) {
            tellWhy();
            throw HandshakeFailure.of(failed, records.hello(), engine);
        } catch (IOException reset) {
            ended = true;
            throw new HandshakeException("the client reset the connection in the middle of the handshake", reset);
        }
    }

    private Progress drive() throws IOException {
        while (true) {
            if (!flush()) {
                return Progress.NEEDS_OUTPUT;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    requireTls();
                    if (!unwrap() && !fill()) {
                        return Progress.NEEDS_INPUT;
                    }
                }
                default -> {
                    return Progress.DONE;
                }
            }
        }
    }

    /**
     * Takes what stands before the client's hello and is no TLS.
     *
     * @return the bytes, in clear; none as a rule
     */
    public byte[] dropClear() {
        if (records.hello().isPresent()) {
            return new byte[0];
        }
        ByteBuffer rest = incoming.duplicate();
        while (TlsRecords.opening(rest) == TlsRecords.Opening.OTHER) {
            rest.position(rest.position() + 1);
        }
        byte[] dropped = new byte[rest.position() - incoming.position()];
        incoming.get(dropped);
        return dropped;
    }

    /**
     * Tells whether the channel below has ended.
     *
     * @return whether nothing more comes
     */
    public boolean isEnded() {
        return ended;
    }

    /**
     * How much has come.
     *
     * @return the bytes of records, read or not
     */
    public long arrived() {
        return arrived;
    }

    /**
     * Tells whether a part of the client's hello has come.
     *
     * @return false while nothing has come, or no TLS
     */
    public boolean hasBegun() {
        return records.hello().isPresent()
                || incoming.hasRemaining() && TlsRecords.opening(incoming) != TlsRecords.Opening.OTHER;
    }

    private void requireTls() throws HandshakeException {
        if (records.hello().isEmpty() && TlsRecords.opening(incoming) == TlsRecords.Opening.OTHER) {
            Bytes found = Bytes.of(unread());
            throw new HandshakeException("the client sent no TLS, but "
                    + (found.size() > 60 ? found.slice(0, 60) + "… (" + found.size() + " bytes)" : found));
        }
    }

    /** Hands one record to the engine; false if it is not all there. */
    private boolean unwrap() throws IOException {
        boolean again = engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_UNWRAP_AGAIN;
        if (!again && TlsRecords.whole(incoming) == 0) {
            return false;
        }
        if (!again) {
            records.see(incoming);
            OptionalInt alert = TlsRecords.alert(incoming);
            if (alert.isPresent()) {
                throw new HandshakeException(HandshakeFailure.refusal(TlsAlert.name(alert.getAsInt())));
            }
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

    /** Reads what is there; false if nothing is. */
    private boolean fill() throws IOException {
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
            if (!isEstablished() && hasBegun()) {
                throw new HandshakeException(
                        "the client closed the connection in the middle of the handshake, without an alert");
            }
        }
        return count > 0;
    }

    private boolean isEstablished() {
        return begun
                && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
                && !"NONE".equals(engine.getSession().getProtocol());
    }

    private static ByteBuffer larger(ByteBuffer buffer, int capacity) {
        return ByteBuffer.allocate(capacity).put(buffer.flip());
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private SSLEngineResult wrap(ByteBuffer data) throws SSLException {
        synchronized (writing) {
            int size = engine.getSession().getPacketBufferSize();
            ByteBuffer into = outgoing.capacity() < size ? ByteBuffer.allocate(size) : outgoing.clear();
            SSLEngineResult result = engine.wrap(data, into);
            outgoing = into.flip();
            if (corrupts && result.bytesConsumed() > 0) {
                corrupts = false;
                int last = outgoing.limit() - 1;
                outgoing.put(last, (byte) (outgoing.get(last) ^ 1));
            }
            return result;
        }
    }

    /** Writes what was wrapped; false if something is left. */
    private boolean flush() throws IOException {
        synchronized (writing) {
            while (outgoing.hasRemaining()) {
                int limit = outgoing.limit();
                outgoing.limit(outgoing.position() + (int) Math.min(outgoing.remaining(), allowance));
                int count = outgoing.hasRemaining() ? below.write(outgoing) : 0;
                outgoing.limit(limit);
                allowance -= allowance == Long.MAX_VALUE ? 0 : count;
                if (count == 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private void tellWhy() {
        try {
            for (int records = 0; records < 8 && !engine.isOutboundDone(); records++) {
                if (!flush() || wrap(NOTHING).bytesProduced() == 0) {
                    break;
                }
            }
            boolean unused = flush();
        } catch (IOException gone) {
            // the client will not hear it
        }
    }

    /**
     * Lets so much of the server's part of the handshake through, and no more.
     *
     * @param bytes of all that the server sends
     */
    public void limitFlight(int bytes) {
        allowance = bytes;
    }

    /**
     * Tells whether {@link #limitFlight} has let through what it allows.
     *
     * @return whether nothing more is sent
     */
    public boolean isLimitReached() {
        return allowance == 0;
    }

    /** Flips a bit of the next record that carries data, so that the client finds it corrupt. */
    public void corruptNext() {
        synchronized (writing) {
            corrupts = true;
        }
    }

    /**
     * Why records can no longer be read.
     *
     * @param failed what {@link #read} has thrown
     * @return the client's alert by its name, if it sent one
     */
    public String reason(SSLException failed) {
        tellWhy();
        return HandshakeFailure.afterwards(failed);
    }

    /**
     * What was agreed on.
     *
     * @return the outcome of a handshake that is done
     */
    public Handshake established() {
        return HandshakeFailure.outcome(engine, records.hello());
    }

    /**
     * What was read and not used, such as what a client sent in clear in place of its hello.
     *
     * @return a copy
     */
    public byte[] unread() {
        byte[] copy = new byte[incoming.remaining()];
        incoming.duplicate().get(copy);
        return copy;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.hasRemaining()) {
            if (clear.hasRemaining()) {
                int count = Math.min(into.remaining(), clear.remaining());
                into.put(clear.slice().limit(count));
                clear.position(clear.position() + count);
            } else if (ended || !unwrapOrFill()) {
                break;
            }
        }
        int count = into.position() - before;
        return count == 0 && ended ? -1 : count;
    }

    private boolean unwrapOrFill() throws IOException {
        if (!unwrap()) {
            return fill() || ended;
        }
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP && flush()) {
            SSLEngineResult unused = wrap(NOTHING);
            boolean unusedRest = flush();
        }
        return true;
    }

    /**
     * Tells whether the client ended the connection below without saying so in TLS, which is what an attacker could do.
     *
     * @return whether its close_notify is missing
     */
    public boolean isTruncated() {
        return truncated;
    }

    @Override
    public int write(ByteBuffer data) throws IOException {
        synchronized (writing) {
            int before = data.position();
            while (data.hasRemaining() && flush()) {
                SSLEngineResult result = wrap(data);
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    throw new IOException("TLS is closed for sending: the client has sent its close_notify");
                }
            }
            boolean unused = flush();
            return data.position() - before;
        }
    }

    /**
     * Tells whether records wait for room in the channel below; {@link #write} sends them, with or without more data.
     *
     * @return whether something is left to be sent
     */
    public boolean hasPending() {
        synchronized (writing) {
            return outgoing.hasRemaining();
        }
    }

    /**
     * Sends a close_notify, as far as there is room for it.
     *
     * @throws IOException if the channel below refuses it
     */
    public void closeOutput() throws IOException {
        synchronized (writing) {
            engine.closeOutbound();
            while (flush() && !engine.isOutboundDone()) {
                if (wrap(NOTHING).bytesProduced() == 0) {
                    break;
                }
            }
        }
    }

    @Override
    public boolean isOpen() {
        return below.isOpen();
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
