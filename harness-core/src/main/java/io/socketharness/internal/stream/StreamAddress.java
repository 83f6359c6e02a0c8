package io.socketharness.internal.stream;

import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The address of a stream server. The server listens there, may refuse clients, and listens again. */
public interface StreamAddress {

    Endpoint endpoint();

    /** Binds and listens; again after {@link #keep()}. */
    ServerSocketChannel bind() throws IOException;

    /** Reserves the address while its channel is closed, if the system supports that. */
    void keep() throws IOException;

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
