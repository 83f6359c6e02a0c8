package io.socketharness.internal.unix;

import io.socketharness.ServerSpec;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.spec.UnixOptions;
import io.socketharness.internal.stream.FullQueue;
import io.socketharness.internal.stream.StreamAddress;
import io.socketharness.recording.ClientCredentials;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketCredentials;

/** The abstract name of a Unix socket, see unix(7), with junixsocket: the JDK refuses paths that contain NUL. */
public final class AbstractNameAddress implements StreamAddress {

    private final ServerSpec spec;
    private final AFUNIXSocketAddress name;

    public AbstractNameAddress(ServerSpec spec) throws IOException {
        this.spec = spec;
        name = UnixNames.abstractName(UnixOptions.of(spec));
    }

    @Override
    public Endpoint endpoint() {
        return new AbstractNameEndpoint(spec.transport(), UnixOptions.of(spec).abstractName(), name);
    }

    @Override
    public ServerSocketChannel bind() throws IOException {
        AFUNIXServerSocketChannel bound = AFUNIXServerSocketChannel.open();
        try {
            bound.bind(name, spec.backlog());
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw UnixNames.taken(failed);
        }
    }

    @Override
    public FullQueue fullQueue(@Nullable ServerSocketChannel listening) throws IOException {
        throw new Unsupported(
                "an abstract name cannot get a second socket, with a short queue, while the first listens; use a path",
                null);
    }

    @Override
    public void keep(ServerSocketChannel listening) {
        // two sockets cannot have the same name
    }

    @Override
    public String lost() {
        return "; an abstract name is free while the server refuses connections, and another program took it";
    }

    @Override
    public RemoteClient prepare(SocketChannel accepted) throws IOException {
        AFUNIXSocketCredentials client = ((AFUNIXSocketChannel) accepted).getPeerCredentials();
        ClientCredentials credentials =
                new ClientCredentials(String.valueOf(client.getUid()), String.valueOf(client.getGid()));
        SocketAddress address = accepted.getRemoteAddress();
        String named = address == null ? "an unnamed socket" : UnixNames.name((AFUNIXSocketAddress) address);
        return new RemoteClient(address, named + " of " + credentials, credentials, Map.of());
    }

    @Override
    public ByteChannel bytes(SocketChannel accepted) {
        return new AbstractNameStream((AFUNIXSocketChannel) accepted);
    }

    @Override
    public void close() {
        // the name ends with the socket
    }
}
