package io.socketharness.internal.datagram;

import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.net.Unsupported;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A bound datagram socket. One thread receives, and releases the socket at its end. Any thread may send, wake and
 * close.
 */
public interface DatagramPort {

    Endpoint endpoint();

    /**
     * Waits up to {@code millis} for a datagram (0: no limit), and leaves it in {@link #datagram()}.
     *
     * @return its source, or null if none arrived or the thread was woken
     */
    @Nullable
    SocketAddress receive(int millis) throws IOException;

    /** The last received datagram, until the next one. */
    ByteBuffer datagram();

    /** The client that sends from {@code source}. */
    RemoteClient client(SocketAddress source);

    /** Sends without waiting. If there is no room, the buffer stays unread. */
    void send(ByteBuffer datagram, SocketAddress to) throws IOException;

    /** Whether a send failed because the client's socket is no longer there, and not because of the datagram. */
    default boolean isClientGone(IOException failed, SocketAddress to) {
        return false;
    }

    /** Whether a send may find no room, and then needs a thread that can wait. */
    boolean mayLackRoom();

    /** Wakes the receiving thread although no datagram arrived. */
    void wake();

    /** Waits until all pending datagrams have been received, for some seconds at most. */
    void drain();

    /**
     * Refuses clients: the system answers that nobody receives. The address stays reserved if the system supports that.
     * Until {@link #listen()}, sends throw {@link ServerRefuses}.
     *
     * @throws Unsupported if the system does not support it; then the port still receives
     */
    void refuse() throws IOException;

    /** Receives again, at the same address. Has no effect on a port that receives. */
    void listen() throws IOException;

    /** Why another program can have taken the address meanwhile; empty if it is reserved. */
    String lost();

    boolean isClosed();

    /** Stops receiving. */
    void close();

    /** Releases the resources that only the receiving thread can release. */
    void release();
}
