package io.socketharness.internal.datagram;

import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A bound socket of datagrams. One thread receives, and releases it at its end; any may send, wake and close. */
public interface DatagramPort {

    Endpoint endpoint();

    /**
     * Waits for a datagram, for so many milliseconds (0: without end), and leaves it in {@link #datagram()}.
     *
     * @return where it came from; nothing if none came, or the thread was woken
     */
    @Nullable
    SocketAddress receive(int millis) throws IOException;

    /** The datagram received last, until the next. */
    ByteBuffer datagram();

    /** Who sends from {@code source}. */
    RemoteClient client(SocketAddress source);

    /** Sends without waiting: where there is no room, the datagram is left as it is. */
    void send(ByteBuffer datagram, SocketAddress to) throws IOException;

    /** Whether a send failed because the client's socket is no longer there, and not because of the datagram. */
    default boolean isClientGone(IOException failed, SocketAddress to) {
        return false;
    }

    /** Whether a send may find no room and be for a thread that can wait. */
    boolean mayLackRoom();

    /** Lets the receiving thread go on, though nothing came. */
    void wake();

    /** Waits until all that the system holds has been received, for some seconds at most. */
    void takeIn();

    /** Why it cannot refuse. */
    String whyNotRefuse();

    boolean isClosed();

    /** Ends the receiving. */
    void close();

    /** Gives back what the receiving thread alone can. */
    void release();
}
