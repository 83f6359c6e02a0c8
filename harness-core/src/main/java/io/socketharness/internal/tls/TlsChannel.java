package io.socketharness.internal.tls;

import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * The server's side of TLS over a non-blocking byte channel. It never waits.
 *
 * <p>One thread at a time reads or drives the handshake; any other may write.
 */
public final class TlsChannel implements ByteChannel {

    /** The state of a handshake. */
    public enum Progress {
        /** The client must continue. */
        NEEDS_INPUT,
        /** The underlying channel did not accept everything, or {@link #limitFlight} is reached. */
        NEEDS_OUTPUT,
        /** TLS is established. */
        DONE
    }

    private final ByteChannel below;
    private final TlsInput input;
    private final TlsOutput output;
    private final TlsHandshake handshake;
    private final TlsReader reader;

    /**
     * A channel without any input so far.
     *
     * @param below transports the records; it must not block
     * @param engine a new server engine
     * @param ahead the records of the client that were already read
     */
    public TlsChannel(ByteChannel below, SSLEngine engine, byte[] ahead) {
        this.below = below;
        this.output = new TlsOutput(below, engine);
        this.input = new TlsInput(below, engine, ahead);
        this.handshake = new TlsHandshake(engine, input, output);
        this.reader = new TlsReader(input, output);
    }

    /**
     * Reads the client's hello, and keeps it for the handshake.
     *
     * @return the hello; empty while it is incomplete
     * @throws TlsException if the client sends something else, or ends
     * @throws IOException if the underlying channel cannot be read
     */
    public Optional<ClientHello> readHello() throws IOException {
        return handshake.readHello();
    }

    /**
     * Drives the handshake as far as possible without waiting.
     *
     * @return its state
     * @throws TlsException if it has failed; the alert for the client has been sent
     */
    public Progress handshake() throws TlsException {
        return handshake.advance();
    }

    /**
     * Removes the bytes before the client's hello that are not TLS.
     *
     * @return the unencrypted bytes; usually none
     */
    public byte[] dropClear() {
        return handshake.dropClear();
    }

    /**
     * Whether the underlying channel has ended.
     *
     * @return whether no more input can arrive
     */
    public boolean isEnded() {
        return input.isEnded();
    }

    /**
     * The number of received bytes.
     *
     * @return the bytes of records, read or not
     */
    public long arrived() {
        return input.arrived();
    }

    /**
     * Whether a part of the client's hello has arrived.
     *
     * @return false without input, and if it is not TLS
     */
    public boolean hasBegun() {
        return handshake.hasBegun();
    }

    /**
     * Limits the server's part of the handshake.
     *
     * @param bytes that the server sends at most
     */
    public void limitFlight(int bytes) {
        output.limit(bytes);
    }

    /**
     * Whether the limit of {@link #limitFlight} is reached.
     *
     * @return whether nothing more is sent
     */
    public boolean isLimitReached() {
        return output.isLimitReached();
    }

    /** Flips a bit of the next data record, so that the client finds it corrupt. */
    public void corruptNext() {
        output.corruptNext();
    }

    /**
     * The negotiated parameters.
     *
     * @return the outcome of a complete handshake
     */
    public Handshake established() {
        return handshake.outcome();
    }

    /**
     * Whether the client offered to resume a session in the handshake.
     *
     * @return false before the client's hello has arrived
     */
    public boolean isSessionOffered() {
        return handshake.isSessionOffered();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return reader.read(into);
    }

    /**
     * Whether {@link #read} has a result that needs no more input: data, the end, or a failure.
     *
     * @return whether to read before waiting for input
     */
    public boolean hasMore() {
        return reader.hasMore();
    }

    /**
     * Whether the client ended the underlying connection without a close_notify, as an attacker could.
     *
     * @return whether its close_notify is missing
     */
    public boolean isTruncated() {
        return input.isTruncated();
    }

    @Override
    public int write(ByteBuffer data) throws IOException {
        return output.write(data);
    }

    /**
     * Whether records wait for room in the underlying channel. {@link #write} sends them, with or without more data.
     *
     * @return whether records are left
     */
    public boolean hasPending() {
        return output.hasPending();
    }

    /**
     * Sends a close_notify if there is room for it.
     *
     * @throws IOException if the underlying channel refuses it
     */
    public void halfClose() throws IOException {
        output.halfClose();
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
