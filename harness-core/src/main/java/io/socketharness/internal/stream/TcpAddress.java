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
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
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

    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

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
        ServerSocketChannel bound = ServerSocketChannel.open(family);
        try {
            if (shared) {
                bound.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            bound.bind(local, spec.backlog());
            local = (InetSocketAddress) bound.getLocalAddress();
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
    }

    @Override
    public Endpoint endpoint() {
        return InetEndpoint.of(spec.transport().toString(), spec.host(), local);
    }

    @Override
    public void keep() throws IOException {
        if (shared && reservation == null) {
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
