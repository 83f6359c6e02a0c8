package io.socketharness.internal.stream;

import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** What a stream server is bound to, for as long as it lives: it listens there, may refuse, and listens again. */
public interface StreamAddress {

    Endpoint endpoint();

    /** Binds and listens; again, if it was {@linkplain #keep() kept} meanwhile. */
    ServerSocketChannel bind() throws IOException;

    /** Sees to it that nobody else gets the address when its channel is closed, as far as the system lets it. */
    void keep() throws IOException;

    /** Why nobody but us can have it while the server refuses, or what was lost. */
    String lost();

    /** Sets what a connection needs, and tells who its client is. */
    RemoteClient prepare(SocketChannel accepted) throws IOException;

    /** What the bytes of a connection are read from and written to; closed in place of its channel. */
    default ByteChannel bytes(SocketChannel accepted) {
        return accepted;
    }

    /** Leaves it; called while the last channel that it gave is still bound. */
    void close();
}
