package io.socketharness.internal.stream;

import io.socketharness.ServerSpec;
import io.socketharness.internal.net.Closing;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.net.InetEndpoint;
import io.socketharness.internal.net.RemoteClient;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port.
 *
 * <p>On Linux a second socket keeps the port while the server refuses: it is bound to the same port and never listens.
 * The system answers clients with a RST, and the port is never free. A port chosen by the system may be shared
 * (SO_REUSEPORT, see socket(7)), so the second socket is opened on demand. A fixed port may not be shared, because two
 * servers could bind it unnoticed. There the second socket is opened first.
 */
public final class TcpAddress implements StreamAddress {

    private static final String SYSTEM = System.getProperty("os.name", "");
    private static final boolean LINUX = SYSTEM.toLowerCase(Locale.ROOT).contains("linux");

    /** A connection within the machine takes less than a millisecond. */
    private static final int CONNECT_MILLIS = 50;

    private final ServerSpec spec;
    private final ProtocolFamily family;
    private final boolean shared;
    private InetSocketAddress local;
    private @Nullable SocketChannel reservation;

    public TcpAddress(ServerSpec spec) throws IOException {
        this.spec = spec;
        InetAddress host = Hosts.resolve(spec.host());
        family = host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        shared = LINUX && spec.port() == 0;
        local = new InetSocketAddress(host, spec.port());
        reservation = LINUX && !shared ? reserve() : null;
    }

    private SocketChannel reserve() throws IOException {
        SocketChannel second = SocketChannel.open(family);
        try {
            SocketOption<Boolean> option =
                    shared ? StandardSocketOptions.SO_REUSEPORT : StandardSocketOptions.SO_REUSEADDR;
            return second.setOption(option, true).bind(local);
        } catch (IOException failed) {
            second.close();
            throw failed;
        }
    }

    @Override
    public ServerSocketChannel bind() throws IOException {
        return bind(spec.backlog(), shared);
    }

    @Override
    public ServerSocketChannel replace(ServerSocketChannel listening) throws IOException {
        return replace(listening, spec.backlog());
    }

    /**
     * Shares the port for the time of the call. Of two sockets that do not share it, Linux gives new clients to the
     * second over IPv4, so that the queue of the first can be drained. Over IPv6 the first continues to get clients.
     */
    private ServerSocketChannel replace(ServerSocketChannel listening, int backlog) throws IOException {
        share(listening, true);
        share(reservation, true);
        try {
            ServerSocketChannel second = bind(backlog, true);
            share(second, false);
            return second;
        } finally {
            share(listening, false);
            share(reservation, shared);
        }
    }

    private static void share(@Nullable NetworkChannel channel, boolean on) throws IOException {
        if (channel != null) {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, on);
        }
    }

    @Override
    public FullQueue fullQueue(@Nullable ServerSocketChannel listening) throws IOException {
        FullQueue.requireLinux(SYSTEM);
        ServerSocketChannel bound =
                listening == null ? bind(FullQueue.BACKLOG, shared) : replace(listening, FullQueue.BACKLOG);
        return new FullQueue(bound, this::connect);
    }

    /** A connection of this process; null if it is not completed in time. */
    private @Nullable Socket connect(Consumer<SocketAddress> own) throws IOException {
        InetSocketAddress to =
                local.getAddress().isAnyLocalAddress() ? endpoint().address() : local;
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.bind(new InetSocketAddress(to.getAddress(), 0));
            own.accept(socket.getLocalSocketAddress());
            socket.connect(to, CONNECT_MILLIS);
            return socket;
        } catch (SocketTimeoutException unanswered) {
            socket.close();
            return null;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private ServerSocketChannel bind(int backlog, boolean reusePort) throws IOException {
        ServerSocketChannel bound = ServerSocketChannel.open(family);
        try {
            if (reusePort) {
                bound.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            limitReceiveBuffer(bound);
            bound.bind(local, backlog);
            local = (InetSocketAddress) bound.getLocalAddress();
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
    }

    /** The size before listen(2) applies to accepted connections, see tcp(7). */
    private void limitReceiveBuffer(ServerSocketChannel unbound) throws IOException {
        int size = spec.receiveBuffer();
        if (size == 0) {
            return;
        }
        unbound.setOption(StandardSocketOptions.SO_RCVBUF, size);
        int set = unbound.getOption(StandardSocketOptions.SO_RCVBUF);
        if (set != size) {
            throw new IOException("receiveBuffer is " + size + ", and the " + (set < size ? "largest" : "smallest")
                    + " size of this system is " + set
                    + (set < size && LINUX ? "; net.core.rmem_max sets it" : ""));
        }
    }

    @Override
    public Endpoint endpoint() {
        return InetEndpoint.of(spec.transport().toString(), spec.host(), local);
    }

    @Override
    public void keep(ServerSocketChannel listening) throws IOException {
        if (shared && reservation == null) {
            share(listening, true);
            reservation = reserve();
        }
    }

    @Override
    public String lost() {
        return reservation == null
                ? "; on this system the port is free while the server refuses connections, and another program took it"
                : "";
    }

    @Override
    public RemoteClient prepare(SocketChannel accepted) throws IOException {
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return RemoteClient.inet((InetSocketAddress) accepted.getRemoteAddress());
    }

    @Override
    public void close() {
        Closing.quietly(reservation);
    }
}
