package io.socketharness.internal.tls;

import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.internal.recording.TlsFailure.Reason;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

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

    /** Twice what the JDK takes, for the records around it. */
    private static final int MOST_HELLO = 1 << 16;

    private final ByteChannel below;
    private final SSLEngine engine;
    private final TlsRecords records = new TlsRecords();
    private final TlsOutput output;
    /** Between position and limit stands what is still to be taken. */
    private ByteBuffer incoming;

    private ByteBuffer clear;
    private long arrived;
    private boolean begun;
    private boolean done;
    private int mostEncrypted = TlsRecords.MOST_ENCRYPTED_BEFORE;
    private boolean ended;
    private boolean endTold;
    private @Nullable IOException failed;
    private @Nullable IOException reset;
    private boolean outputClosed;
    private volatile boolean truncated;

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
        this.output = new TlsOutput(below, engine);
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
     * @throws TlsException if the client sends something else, or ends
     * @throws IOException if the channel below cannot be read
     */
    public Optional<ClientHello> readHello() throws IOException {
        try {
            while (true) {
                requireTls();
                Optional<ClientHello> hello = peekHello();
                if (hello.isPresent() || !fill()) {
                    return hello;
                }
            }
        } catch (SSLException failed) {
            throw HandshakeFailure.of(failed, Optional.empty(), engine);
        }
    }

    private Optional<ClientHello> peekHello() throws IOException {
        TlsRecords seen = new TlsRecords();
        ByteBuffer view = incoming.duplicate();
        for (int whole = wholeRecord(view); whole > 0 && seen.hello().isEmpty(); whole = wholeRecord(view)) {
            requireNoAlert(view);
            if (!TlsRecords.isHandshake(view)) {
                throw new BadRecord("a record of type " + view.get(view.position()) + " in the middle of its hello");
            }
            seen.see(view);
            view.position(view.position() + whole);
        }
        if (seen.hello().isEmpty() && view.position() - incoming.position() > MOST_HELLO) {
            throw new BadRecord("a hello that does not end within " + MOST_HELLO + " bytes");
        }
        return seen.hello();
    }

    /** The length of the record that {@code in} begins with; 0 if it is not all there. */
    private int wholeRecord(ByteBuffer in) throws SSLException {
        Optional<String> fault = TlsRecords.fault(in, mostInRecord());
        if (fault.isPresent()) {
            throw new BadRecord(fault.get());
        }
        return TlsRecords.whole(in);
    }

    private int mostInRecord() {
        return records.hello().isEmpty() ? TlsRecords.MOST_CLEAR : mostEncrypted;
    }

    private static void requireNoAlert(ByteBuffer in) throws TlsException {
        OptionalInt alert = TlsRecords.alert(in);
        if (alert.isPresent()) {
            throw new TlsException(HandshakeFailure.refusal(alert.getAsInt()));
        }
    }

    /**
     * Drives the handshake as far as it goes without waiting.
     *
     * @return how far it is
     * @throws TlsException if it has failed; what the client is told about it has been sent
     */
    public Progress handshake() throws TlsException {
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            return drive();
        } catch (TlsException failed) {
            throw failed;
        } catch (SSLException failed) {
            tellWhy();
            throw HandshakeFailure.of(failed, records.hello(), engine);
        } catch (RuntimeException defect) {
            throw new TlsException(new TlsFailure(Reason.REFUSED_BY_SERVER, defect.toString()), defect);
        } catch (IOException gone) {
            ended = true;
            throw new TlsException(new TlsFailure(Reason.RESET_BY_CLIENT), gone);
        }
    }

    private Progress drive() throws IOException {
        while (true) {
            if (!flushIfHeard()) {
                return Progress.NEEDS_OUTPUT;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> output.wrap(TlsOutput.NOTHING);
                case NEED_UNWRAP -> {
                    requireTls();
                    if (!unwrap() && !fill()) {
                        return Progress.NEEDS_INPUT;
                    }
                }
                default -> {
                    done = true;
                    if (engine.getSession().getProtocol().equals("TLSv1.3")) {
                        mostEncrypted = TlsRecords.MOST_ENCRYPTED;
                    }
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
        return records.hasBegun()
                || incoming.hasRemaining() && TlsRecords.opening(incoming) != TlsRecords.Opening.OTHER;
    }

    private void requireTls() throws TlsException {
        requireNoAlert(incoming);
        if (!records.hasBegun() && TlsRecords.opening(incoming) == TlsRecords.Opening.OTHER) {
            Bytes found = Bytes.of(unread());
            throw new TlsException(new TlsFailure(
                    Reason.NO_TLS,
                    found.size() > 60 ? found.slice(0, 60) + "… (" + found.size() + " bytes)" : found.toString()));
        }
    }

    /** Hands one record to the engine; false if it is not all there. */
    private boolean unwrap() throws IOException {
        if (wholeRecord(incoming) == 0) {
            return false;
        }
        if (!done) {
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
            IOException before = reset;
            if (!done && before != null) {
                throw before;
            }
            if (!done && hasBegun()) {
                throw new TlsException(new TlsFailure(Reason.CLOSED_BY_CLIENT));
            }
        }
        return count > 0;
    }

    private static ByteBuffer larger(ByteBuffer buffer, int capacity) {
        return ByteBuffer.allocate(capacity).put(buffer.flip());
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /**
     * Writes what was wrapped, as long as the client is there. One that sends its message and leaves does not wait for the
     * session's ticket: what it has sent is read all the same.
     */
    private boolean flushIfHeard() {
        try {
            return output.flush();
        } catch (IOException gone) {
            reset = gone;
            output.drop();
            return true;
        }
    }

    private void tellWhy() {
        try {
            output.say();
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
        output.limit(bytes);
    }

    /**
     * Tells whether {@link #limitFlight} has let through what it allows.
     *
     * @return whether nothing more is sent
     */
    public boolean isLimitReached() {
        return output.isLimitReached();
    }

    /** Flips a bit of the next record that carries data, so that the client finds it corrupt. */
    public void corruptNext() {
        output.corruptNext();
    }

    /**
     * What was agreed on.
     *
     * @return the outcome of a handshake that is done
     */
    public Handshake established() {
        return HandshakeFailure.outcome(engine, records.hello().flatMap(ClientHello::serverName));
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
        throwIfFailed();
        int before = into.position();
        try {
            // what comes before a failure is good, and not lost
            while (into.hasRemaining()) {
                if (clear.hasRemaining()) {
                    int count = Math.min(into.remaining(), clear.remaining());
                    into.put(clear.slice().limit(count));
                    clear.position(clear.position() + count);
                } else if (ended || !unwrap() && (into.position() > before || !fill() && !ended)) {
                    break;
                } else {
                    answer();
                }
            }
        } catch (SSLException broken) {
            tellWhy();
            failed = HandshakeFailure.afterwards(broken);
        } catch (IOException broken) {
            failed = broken;
        }
        int count = into.position() - before;
        if (count == 0) {
            throwIfFailed();
            endTold = ended;
        }
        return count == 0 && ended ? -1 : count;
    }

    private void throwIfFailed() throws IOException {
        IOException broken = failed;
        if (broken != null) {
            failed = null;
            throw broken;
        }
    }

    /**
     * Tells whether {@link #read} has something to tell that needs no more input: the end, or a failure.
     *
     * @return whether to read once more before waiting for input
     */
    public boolean hasMore() {
        return failed != null || ended && !endTold;
    }

    /**
     * Does what the client's record asks for: an answer to its close_notify, new keys, a new handshake. A client that has
     * gone gets no answer; what it sent before is still read.
     */
    private void answer() throws IOException {
        try {
            sendAnswer();
        } catch (SSLException failed) {
            throw failed;
        } catch (IOException gone) {
            output.drop();
        }
    }

    private void sendAnswer() throws IOException {
        synchronized (output) {
            while (true) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runTasks();
                    case NEED_WRAP -> {
                        if (!output.flush() || output.wrap(TlsOutput.NOTHING).bytesProduced() == 0) {
                            return;
                        }
                    }
                    default -> {
                        boolean unused = output.flush();
                        return;
                    }
                }
            }
        }
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
        synchronized (output) {
            int before = data.position();
            while (data.hasRemaining() && output.flush()) {
                if (outputClosed) {
                    throw new ClosedChannelException();
                }
                SSLEngineResult result = output.wrap(data);
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    throw new IOException("TLS is closed for sending: the client has sent its close_notify");
                }
                if (result.bytesConsumed() + result.bytesProduced() == 0) {
                    // whoever reads is in the middle of a new handshake
                    break;
                }
            }
            boolean unused = output.flush();
            return data.position() - before;
        }
    }

    /**
     * Tells whether records wait for room in the channel below; {@link #write} sends them, with or without more data.
     *
     * @return whether something is left to be sent
     */
    public boolean hasPending() {
        return output.hasPending();
    }

    /**
     * Sends a close_notify, as far as there is room for it.
     *
     * @throws IOException if the channel below refuses it
     */
    public void halfClose() throws IOException {
        synchronized (output) {
            outputClosed = true;
            engine.closeOutbound();
            output.say();
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
