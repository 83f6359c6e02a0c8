package io.socketharness.internal.script.engine;

import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.ServerClosed;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What lies below a {@link Connection}: a socket, or one conversation of a datagram socket. For those who add a transport;
 * tests never meet it.
 *
 * <p>What a wire reads it puts into the exchange's recorder; that is where the connection finds it. Every method may be
 * called from any thread, and throws {@link ServerClosed} once the server is closed.
 */
public interface TransportChannel {

    /**
     * Waits until more than {@code seen} has {@linkplain io.socketharness.internal.recording.ExchangeRecorder#arrived() arrived},
     * or the input has ended.
     *
     * @param seen bytes of a stream, or datagrams
     * @param deadline when to give up, as {@link System#nanoTime()} tells time; {@link Long#MAX_VALUE} for never
     * @return false if the deadline passed first
     */
    boolean awaitInput(long seen, long deadline);

    /**
     * Waits, and takes in what comes meanwhile.
     *
     * @param deadline until when, as {@link System#nanoTime()} tells time
     */
    void pause(long deadline);

    /** Waits until the input has ended, and takes in what comes meanwhile, as far as there is room for unread input. */
    void awaitEnd();

    /**
     * Sends all of {@code data}, waiting while the client does not read.
     *
     * @param data what to send
     * @param deadline when to give up, as {@link System#nanoTime()} tells time; {@link Long#MAX_VALUE} for never
     * @throws ClientGone if the system refuses it
     * @throws DeadlineExceeded if the deadline passes first
     */
    void send(ByteBuffer data, long deadline);

    /**
     * Tells whether a send waits until the client reads.
     *
     * @return false while nothing is sent, and where a send does not wait
     */
    default boolean isSendBlocked() {
        return false;
    }

    /** Sends a FIN; what the client still sends is taken in. */
    void halfClose();

    /** Sends a FIN, takes in what still comes for a short while, then closes. */
    void close();

    /**
     * Does nothing where a connection can be reset.
     *
     * @throws UnsupportedOperationException where it cannot
     */
    void requireReset();

    /** Sends a RST; nothing is taken in after it. */
    void reset();

    /**
     * Tells whether a thread waits here for the client or for time to pass.
     *
     * @return false while whoever serves the connection has something to do
     */
    default boolean isWaiting() {
        return true;
    }

    /**
     * Sends from a new port from now on, and receives what comes to that too.
     *
     * @throws UnsupportedOperationException if the wire is not one of UDP
     */
    default void moveToNewPort() {
        throw new UnsupportedOperationException("a separate port for a conversation needs UDP");
    }

    /** Waits until a handshake that comes before the script has ended, whether it succeeds or fails. */
    default void awaitTls() {}

    /**
     * Why TLS is not established, where the script can go on only when it is.
     *
     * @return a sentence; nothing where TLS is established, has failed, or is not asked for
     */
    default Optional<String> lackOfTls() {
        return Optional.empty();
    }

    /**
     * TLS on this wire.
     *
     * @return what can be done about it
     * @throws UnsupportedOperationException if the wire cannot speak it
     */
    default TlsTransport tls() {
        throw new UnsupportedOperationException("TLS in the middle of a conversation needs a stream");
    }
}
