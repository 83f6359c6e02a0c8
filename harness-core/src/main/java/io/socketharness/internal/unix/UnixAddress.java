package io.socketharness.internal.unix;

import io.socketharness.ServerSpec;
import io.socketharness.internal.ForeignText;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.spec.UnixOptions;
import io.socketharness.internal.stream.FullQueue;
import io.socketharness.internal.stream.StreamAddress;
import io.socketharness.recording.ClientCredentials;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The path of a Unix socket. Its file stays while the server refuses: the system refuses connections to the file of a
 * socket that does not listen.
 */
public final class UnixAddress implements StreamAddress {

    private final SocketFile file;
    private final ServerSpec spec;

    public UnixAddress(ServerSpec spec) throws IOException {
        this.spec = spec;
        file = new SocketFile(UnixOptions.of(spec), true);
    }

    @Override
    public Endpoint endpoint() {
        return new UnixEndpoint(spec.transport(), file.path());
    }

    @Override
    public ServerSocketChannel bind() throws IOException {
        return file.publish(at -> {
            ServerSocketChannel bound = open();
            try {
                return bound.bind(UnixDomainSocketAddress.of(at), spec.backlog());
            } catch (IOException failed) {
                bound.close();
                throw failed;
            }
        });
    }

    /** It is filled before its file is published: there are no clients to tell apart, and sockets have no names. */
    @Override
    public FullQueue fullQueue(@Nullable ServerSocketChannel listening) throws IOException {
        FullQueue.requireLinux(System.getProperty("os.name", ""));
        return file.publish(at -> {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(at);
            ServerSocketChannel bound = open();
            FullQueue queue = new FullQueue(bound, own -> connect(address));
            try {
                bound.bind(address, FullQueue.BACKLOG);
                queue.fill(none -> {});
                return queue;
            } catch (IOException failed) {
                queue.close();
                throw failed;
            }
        });
    }

    /** A connection of this process; null if the queue is full. */
    private static @Nullable SocketChannel connect(SocketAddress to) throws IOException {
        SocketChannel filler = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean connected = false;
        try {
            filler.configureBlocking(false);
            connected = filler.connect(to);
            return connected ? filler : null;
        } catch (ConnectException refused) {
            throw refused;
        } catch (SocketException wouldBlock) {
            return null;
        } finally {
            if (!connected) {
                filler.close();
            }
        }
    }

    private static ServerSocketChannel open() throws IOException {
        try {
            return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException none) {
            throw new Unsupported("the JDK does not support Unix sockets on this system", none);
        }
    }

    @Override
    public void keep(ServerSocketChannel listening) {
        // its file exists
    }

    @Override
    public String lost() {
        return "";
    }

    @Override
    public RemoteClient prepare(SocketChannel accepted) throws IOException {
        ClientCredentials credentials = credentials(accepted);
        UnixDomainSocketAddress address = (UnixDomainSocketAddress) accepted.getRemoteAddress();
        boolean unnamed = address.getPath().toString().isEmpty();
        String who = credentials == null ? "" : credentials.toString();
        String name = unnamed ? "an unnamed socket" : ForeignText.shown(address.toString());
        return new RemoteClient(
                unnamed ? null : address, who.isEmpty() ? name : name + " of " + who, credentials, Map.of());
    }

    private static @Nullable ClientCredentials credentials(SocketChannel accepted) throws IOException {
        if (!accepted.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            return null;
        }
        UnixDomainPrincipal client = accepted.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return new ClientCredentials(client.user().getName(), client.group().getName());
    }

    @Override
    public void close() {
        file.delete();
    }
}
