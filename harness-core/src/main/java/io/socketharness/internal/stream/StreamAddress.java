package io.socketharness.internal.stream;

import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.net.Unsupported;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The address of a stream server. The server listens there, may refuse clients, and listens again. */
public interface StreamAddress {

    Endpoint endpoint();

    /** Binds and listens; again after {@link #keep}. */
    ServerSocketChannel bind() throws IOException;

    /** Binds and listens while another channel of the address listens. The caller closes that one. */
    default ServerSocketChannel replace(ServerSocketChannel listening) throws IOException {
        return bind();
    }

    /**
     * Binds and listens with a short queue, which the caller fills.
     *
     * @param listening the channel of the address that listens until now; the caller closes it
     * @throws Unsupported if the system does not support it
     */
    FullQueue fullQueue(@Nullable ServerSocketChannel listening) throws IOException;

    /** Reserves the address while no channel listens, if the system supports that; called before the last is closed. */
    void keep(ServerSocketChannel listening) throws IOException;

    /** Why the address may be lost while the server refuses clients; empty if it is reserved. */
    String lost();

    /** Configures a connection, and identifies its client. */
    RemoteClient prepare(SocketChannel accepted) throws IOException;

    /** The channel for the bytes of a connection; it is closed instead of {@code accepted}. */
    default ByteChannel bytes(SocketChannel accepted) {
        return accepted;
    }

    /** Releases the address; called while its last channel is still bound. */
    void close();
}
