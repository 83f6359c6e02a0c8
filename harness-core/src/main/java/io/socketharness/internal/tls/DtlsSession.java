package io.socketharness.internal.tls;

import io.socketharness.internal.recording.TlsFailure;
import io.socketharness.internal.recording.TlsFailure.Reason;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The server's side of DTLS (RFC 6347) with one client. It never waits: the caller passes datagrams in, and a function
 * sends them.
 */
public final class DtlsSession {

    /** Sends a datagram to the client. */
    @FunctionalInterface
    public interface Output {
        /**
         * Sends it.
         *
         * @param datagram to send
         * @throws IOException if the system refuses
         */
        void send(ByteBuffer datagram) throws IOException;
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEADER = 13;
    private static final int EPOCH = 3;
    private static final byte FIRST_TYPE = 20;
    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;
    /** The names of record types. */
    private static final String[] NAMES = {
        "change of cipher", "alert", "handshake", "application data", "heartbeat", "record with a connection id"
    };

    private static final int MOST_RECORDS_A_FLIGHT = 64;

    private final SSLEngine engine;
    private final Output output;
    private final ServerFlight flight = new ServerFlight();
    private boolean begun;
    private boolean established;
    private boolean ended;

    /**
     * A session that waits for the client's hello.
     *
     * @param engine a new DTLS server engine
     * @param output sends datagrams
     */
    public DtlsSession(SSLEngine engine, Output output) {
        this.engine = engine;
        this.output = output;
    }

    /**
     * Whether a datagram begins a handshake.
     *
     * @param datagram to check
     * @return whether it contains a client's hello
     */
    public static boolean isHello(ByteBuffer datagram) {
        int at = datagram.position();
        return isDtls(datagram)
                && datagram.remaining() > HEADER
                && datagram.get(at) == HANDSHAKE
                && datagram.get(at + HEADER) == 1;
    }

    /**
     * Describes a record that belongs to a session and cannot begin one: it is encrypted, or of a kind that follows the
     * handshake.
     *
     * @param datagram to check
     * @return the record, such as {@code application data of epoch 1}; empty for a record that may begin or end a
     *     handshake, and for a datagram that is not DTLS
     */
    public static Optional<String> recordOfSession(ByteBuffer datagram) {
        if (!isDtls(datagram)) {
            return Optional.empty();
        }
        int at = datagram.position();
        byte type = datagram.get(at);
        int epoch = datagram.getShort(at + EPOCH) & 0xffff;
        boolean inClear = epoch == 0 && (type == HANDSHAKE || type == ALERT);
        return inClear ? Optional.empty() : Optional.of(NAMES[type - FIRST_TYPE] + " of epoch " + epoch);
    }

    private static boolean isDtls(ByteBuffer datagram) {
        int at = datagram.position();
        return datagram.remaining() >= HEADER
                && datagram.get(at) >= FIRST_TYPE
                && datagram.get(at) < FIRST_TYPE + NAMES.length
                && datagram.get(at + 1) == (byte) 0xfe;
    }

    /**
     * Processes a datagram from the client, and answers it if the handshake requires that. After the handshake has
     * begun, datagrams that are not DTLS are ignored (RFC 6347, section 4.1.2.7).
     *
     * @param datagram from the client
     * @return its decrypted content; mostly one message, or none
     * @throws TlsException if the handshake or the session fails
     */
    public synchronized List<ByteBuffer> received(ByteBuffer datagram) throws TlsException {
        if (!isDtls(datagram)) {
            if (begun) {
                return List.of();
            }
            Bytes found = Bytes.of(copy(datagram));
            throw new TlsException(new TlsFailure(
                    Reason.NO_DTLS,
                    found.size() > 60 ? found.slice(0, 60) + "… (" + found.size() + " bytes)" : found.toString()));
        }
        List<ByteBuffer> messages = unwrap(datagram);
        if (ended && !established) {
            // some JDK versions close without an error on a hello that is out of order and malformed
            throw new TlsException(new TlsFailure(Reason.SESSION_CLOSED));
        }
        return messages;
    }

    private List<ByteBuffer> unwrap(ByteBuffer datagram) throws TlsException {
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake();
            }
            List<ByteBuffer> messages = new ArrayList<>();
            unwrap(datagram, messages);
            established |= engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && hasProtocol();
            return messages;
        } catch (SSLException failed) {
            tellWhy();
            throw established
                    ? HandshakeFailure.afterwards(failed)
                    : HandshakeFailure.of(failed, Optional.empty(), engine);
        } catch (IOException refused) {
            throw new TlsException(new TlsFailure(Reason.NOT_SENT, String.valueOf(refused.getMessage())), refused);
        }
    }

    private boolean hasProtocol() {
        return !"NONE".equals(engine.getSession().getProtocol());
    }

    private static byte[] copy(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        return bytes;
    }

    private void unwrap(ByteBuffer in, List<ByteBuffer> messages) throws IOException {
        boolean moved = true;
        while (moved && !ended) {
            proceed();
            boolean again = engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP_AGAIN;
            if (!again && !in.hasRemaining()) {
                return;
            }
            ByteBuffer clear = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            SSLEngineResult result = engine.unwrap(again ? NOTHING : in, clear);
            ended = result.getStatus() == Status.CLOSED;
            if (clear.position() > 0) {
                messages.add(clear.flip());
            }
            moved = again || result.bytesConsumed() > 0;
        }
        proceed();
    }

    /** Runs the engine's tasks and sends its output. */
    private void proceed() throws IOException {
        for (int records = 0; records < MOST_RECORDS_A_FLIGHT; records++) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_WRAP -> {
                    if (!wrap(NOTHING)) {
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private boolean wrap(ByteBuffer data) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(data, record);
        if (record.position() > 0) {
            flight.seeDatagram(record.flip());
            output.send(record);
        }
        return result.getStatus() == Status.OK && (result.bytesProduced() > 0 || result.bytesConsumed() > 0);
    }

    private void tellWhy() {
        try {
            proceed();
        } catch (IOException gone) {
            // the client will not receive it
        }
    }

    /**
     * Retransmits the server's last flight: one of its datagrams, or of the client's answer, may be lost.
     *
     * @throws IOException if it cannot be sent
     */
    public synchronized void retransmit() throws IOException {
        if (begun && !established && !ended) {
            wrap(NOTHING);
            proceed();
        }
    }

    /**
     * Sends a datagram through an established session.
     *
     * @param data to send
     * @throws IOException if it does not fit into a record, or the system refuses it
     */
    public synchronized void send(ByteBuffer data) throws IOException {
        int size = data.remaining();
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        ByteBuffer view = data.duplicate();
        SSLEngineResult result = engine.wrap(view, record);
        if (result.getStatus() != Status.OK) {
            throw new IOException("the client has ended the session");
        }
        if (view.hasRemaining()) {
            throw new IOException("Message too long: " + size + " bytes, but this DTLS record has room for "
                    + result.bytesConsumed() + " here");
        }
        output.send(record.flip());
        data.position(data.limit());
    }

    /** Sends a close_notify. */
    public synchronized void close() {
        if (begun && !ended) {
            engine.closeOutbound();
            tellWhy();
        }
    }

    /**
     * Whether the handshake is complete.
     *
     * @return whether data can be sent
     */
    public synchronized boolean isEstablished() {
        return established;
    }

    /**
     * Whether the client has ended the session.
     *
     * @return whether its close_notify arrived
     */
    public synchronized boolean isEnded() {
        return ended;
    }

    /**
     * The negotiated parameters.
     *
     * @return the outcome of a complete handshake
     */
    public synchronized Handshake established() {
        return HandshakeFailure.outcome(engine, flight.isResumed(), serverName());
    }

    private Optional<String> serverName() {
        if (engine.getSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return Optional.of(host.getAsciiName());
                }
            }
        }
        return Optional.empty();
    }
}
