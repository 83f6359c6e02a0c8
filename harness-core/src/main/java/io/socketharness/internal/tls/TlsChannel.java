package io.socketharness.internal.tls;

import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

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

    private final ByteChannel below;
    private final TlsInput input;
    private final TlsOutput output;
    private final TlsHandshake handshake;
    private final TlsReader reader;

    /**
     * A channel on which nothing was done yet.
     *
     * @param below what carries the records; it must not block
     * @param engine a server's, not begun
     * @param ahead what was already read of the client's records
     */
    public TlsChannel(ByteChannel below, SSLEngine engine, byte[] ahead) {
        this.below = below;
        this.output = new TlsOutput(below, engine);
        this.input = new TlsInput(below, engine, ahead);
        this.handshake = new TlsHandshake(engine, input, output);
        this.reader = new TlsReader(input, output);
    }

    /**
     * Reads the client's hello, and leaves it for the handshake.
     *
     * @return the hello, or nothing while it is not all there
     * @throws TlsException if the client sends something else, or ends
     * @throws IOException if the channel below cannot be read
     */
    public Optional<ClientHello> readHello() throws IOException {
        return handshake.readHello();
    }

    /**
     * Drives the handshake as far as it goes without waiting.
     *
     * @return how far it is
     * @throws TlsException if it has failed; what the client is told about it has been sent
     */
    public Progress handshake() throws TlsException {
        return handshake.advance();
    }

    /**
     * Takes what stands before the client's hello and is no TLS.
     *
     * @return the bytes, in clear; none as a rule
     */
    public byte[] dropClear() {
        return handshake.dropClear();
    }

    /**
     * Tells whether the channel below has ended.
     *
     * @return whether nothing more comes
     */
    public boolean isEnded() {
        return input.isEnded();
    }

    /**
     * How much has come.
     *
     * @return the bytes of records, read or not
     */
    public long arrived() {
        return input.arrived();
    }

    /**
     * Tells whether a part of the client's hello has come.
     *
     * @return false while nothing has come, or no TLS
     */
    public boolean hasBegun() {
        return handshake.hasBegun();
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
        return handshake.outcome();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return reader.read(into);
    }

    /**
     * Tells whether {@link #read} has something to tell that needs no more input: the end, or a failure.
     *
     * @return whether to read once more before waiting for input
     */
    public boolean hasMore() {
        return reader.hasMore();
    }

    /**
     * Tells whether the client ended the connection below without saying so in TLS, which is what an attacker could do.
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
