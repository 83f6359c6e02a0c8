package io.socketharness.internal.script.engine;

import io.socketharness.network.NetworkCondition;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Connection;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.ServerClosed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The transport below a {@link Connection}: a socket, or one conversation of a datagram socket.
 *
 * <p>A transport puts its input into the exchange's recorder, from where the connection reads it. Every method may be
 * called from any thread, and throws {@link ServerClosed} once the server is closed.
 */
public interface TransportChannel {

    /**
     * Waits until more than {@code seen} has {@linkplain io.socketharness.internal.recording.ExchangeRecorder#arrived()
     * arrived}, or the input has ended.
     *
     * @param seen bytes of a stream, or datagrams
     * @param deadline in terms of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for no limit
     * @return false if the deadline passed first
     */
    boolean awaitInput(long seen, long deadline);

    /**
     * Waits, and drains input.
     *
     * @param deadline in terms of {@link System#nanoTime()}
     */
    void pause(long deadline);

    /** Waits until the input has ended, and drains it while there is room for unread input. */
    void awaitEnd();

    /**
     * Sends all of {@code data}, and waits while the client does not read.
     *
     * @param data what to send
     * @param deadline in terms of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for no limit
     * @throws ClientGone if the system refuses it
     * @throws DeadlineExceeded if the deadline passes first
     */
    void send(ByteBuffer data, long deadline);

    /**
     * Whether a send waits until the client reads.
     *
     * @return false without a send, and where sends do not wait
     */
    default boolean isSendBlocked() {
        return false;
    }

    /** Sends a FIN, and continues to read. */
    void halfClose();

    /**
     * Sends a FIN, drains input for a short while, then closes.
     *
     * @param deadline until when to wait for data that a simulated network delays; afterwards the network closes the
     *     connection behind that data
     */
    void close(long deadline);

    /**
     * Sends a FIN and closes, without draining input. Only for streams.
     *
     * @param deadline as for {@link #close}
     */
    void closeNow(long deadline);

    /** Whether a connection can be reset. */
    boolean canReset();

    /**
     * Checks that a connection can be reset.
     *
     * @throws UnsupportedOperationException if it cannot
     */
    void requireReset();

    /**
     * Sends a RST, and reads nothing more.
     *
     * @param deadline until when to wait for data that a simulated network delays; afterwards that data is lost
     */
    void reset(long deadline);

    /**
     * Ends the connection as a process that crashes does: with a RST, or where there is none, with a close. Data in a
     * simulated network is lost.
     */
    void abort();

    /**
     * Replaces the network conditions of this connection that the test has set.
     *
     * @param conditions none for those of the server alone
     */
    void network(List<NetworkCondition> conditions);

    /**
     * Replaces the network conditions of a run of a script. Those that stay keep their state.
     *
     * @param run identifies the run
     * @param conditions none for those of the server and the test alone
     */
    void network(Object run, List<NetworkCondition> conditions);

    /**
     * Whether a thread waits here for the client or for time to pass.
     *
     * @return false while the thread that serves the connection is busy
     */
    default boolean isWaiting() {
        return true;
    }

    /**
     * Sends from a new port from now on, and also receives from it.
     *
     * @throws UnsupportedOperationException if the transport is not UDP
     */
    default void moveToNewPort() {
        throw new UnsupportedOperationException("a separate port for a conversation needs UDP");
    }

    /** Another port of the server's host, to send to the client from. */
    interface OtherPort extends AutoCloseable {

        /** Sends a datagram from it. */
        void send(ByteBuffer data, long deadline);

        @Override
        void close();
    }

    /**
     * Opens another port.
     *
     * @return a port that receives nothing
     * @throws UnsupportedOperationException if the transport is not UDP
     */
    default OtherPort openOtherPort() {
        throw new UnsupportedOperationException("sending from another port needs UDP");
    }

    /** The number of bytes of the client that network conditions hold back. */
    default long heldInput() {
        return 0;
    }

    /** Waits until a handshake before the script succeeds or fails. */
    default void awaitTls() {}

    /**
     * The reason why TLS is not established, if the script needs it to continue.
     *
     * @return a sentence; empty if TLS is established, has failed, or is not needed
     */
    default Optional<String> lackOfTls() {
        return Optional.empty();
    }

    /**
     * The TLS functions of this transport.
     *
     * @return its TLS functions
     * @throws UnsupportedOperationException if it does not support TLS
     */
    default TlsTransport tls() {
        throw new UnsupportedOperationException("TLS in the middle of a conversation needs a stream");
    }

    /** Notes that the script has received the input up to a position: bytes of a stream, or datagrams. */
    default void received(long position) {}
}
