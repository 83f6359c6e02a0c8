package io.socketharness.internal.datagram;

import io.socketharness.ServerSpec;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.net.InetEndpoint;
import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.net.RemoteClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A UDP port. It waits in the receive call, because a selector costs a tenth of the rate. The socket is never
 * connected: connected sockets send no empty datagrams.
 */
public final class UdpPort implements DatagramPort {

    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int LARGEST = 65_536;

    private final ServerSpec spec;
    private final DatagramSocket socket;
    private final InetSocketAddress local;
    private final ReceiveBarrier fence;
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    private final DatagramPacket packet = new DatagramPacket(buffer.array(), LARGEST);
    private int timeout;

    public UdpPort(ServerSpec spec) throws IOException {
        this(spec, spec.port());
    }

    public UdpPort(ServerSpec spec, int port) throws IOException {
        this.spec = spec;
        InetAddress host = Hosts.resolve(spec.host());
        socket = open(host);
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        local = new InetSocketAddress(host, socket.getLocalPort());
        fence = new ReceiveBarrier(socket, local);
    }

    /** A plain socket bound to all IPv4 addresses would receive datagrams over IPv6 too. */
    private static DatagramSocket open(InetAddress host) throws IOException {
        return host instanceof Inet4Address && host.isAnyLocalAddress()
                ? DatagramChannel.open(StandardProtocolFamily.INET).socket()
                : new DatagramSocket(null);
    }

    @Override
    public Endpoint endpoint() {
        return InetEndpoint.of(spec.transport().toString(), spec.host(), local);
    }

    @Override
    public @Nullable SocketAddress receive(int millis) throws IOException {
        if (millis != timeout) {
            socket.setSoTimeout(millis);
            timeout = millis;
        }
        packet.setLength(LARGEST);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException nothingCame) {
            return null;
        }
        SocketAddress source = packet.getSocketAddress();
        return fence.isOwn(datagram(), source) ? null : source;
    }

    @Override
    public ByteBuffer datagram() {
        return buffer.clear().limit(packet.getLength());
    }

    @Override
    public RemoteClient client(SocketAddress source) {
        return RemoteClient.inet((InetSocketAddress) source);
    }

    @Override
    public void send(ByteBuffer datagram, SocketAddress to) throws IOException {
        DatagramPacket sent = new DatagramPacket(
                datagram.array(), datagram.arrayOffset() + datagram.position(), datagram.remaining(), to);
        Interrupts.shield(() -> socket.send(sent));
        datagram.position(datagram.limit());
    }

    @Override
    public boolean mayLackRoom() {
        return false;
    }

    @Override
    public void wake() {
        fence.send();
    }

    @Override
    public void drain() {
        fence.await();
    }

    @Override
    public String whyNotRefuse() {
        return "a bound UDP port accepts every datagram, and another program could bind a free one";
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() {
        socket.close();
    }

    @Override
    public void release() {
        socket.close();
        fence.end();
    }
}
