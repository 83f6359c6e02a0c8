package io.socketharness;

import io.socketharness.recording.PeerCredentials;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.newsclub.net.unix.AFServerSocketChannel;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketCredentials;

/** The abstract name of a Unix socket, see unix(7), by junixsocket: the JDK takes no NUL in a path. */
final class AbstractAddress implements StreamAddress {

    private final ServerSpec spec;
    private final AFUNIXSocketAddress name;

    AbstractAddress(ServerSpec spec) throws IOException {
        this.spec = spec;
        name = UnixNames.abstractName(spec.unix());
    }

    @Override
    public Endpoint endpoint() {
        return new AbstractEndpoint(spec.transport(), spec.unix().abstractName(), name);
    }

    @Override
    public ServerSocketChannel bind() throws IOException {
        AFUNIXServerSocketChannel bound = AFUNIXServerSocketChannel.open();
        try {
            AFServerSocketChannel<AFUNIXSocketAddress> unused = bound.bind(name, spec.backlog());
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw UnixNames.taken(failed);
        }
    }

    @Override
    public void keep() {
        // two sockets cannot have one name
    }

    @Override
    public String lost() {
        return "; an abstract name is free while the server refuses, and another program took it";
    }

    @Override
    public Peer prepare(SocketChannel accepted) throws IOException {
        AFUNIXSocketCredentials client = ((AFUNIXSocketChannel) accepted).getPeerCredentials();
        PeerCredentials credentials =
                new PeerCredentials(String.valueOf(client.getUid()), String.valueOf(client.getGid()));
        SocketAddress address = accepted.getRemoteAddress();
        String named = address == null ? "an unnamed socket" : UnixNames.name((AFUNIXSocketAddress) address);
        return new Peer(address, named + " of " + credentials, credentials, Map.of());
    }

    @Override
    public ByteChannel bytes(SocketChannel accepted) {
        return new AbstractStream((AFUNIXSocketChannel) accepted);
    }

    @Override
    public void close() {
        // the name goes with the socket
    }
}
