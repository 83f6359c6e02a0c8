package io.socketharness.internal.datagram;

import io.socketharness.ServerSpec;
import io.socketharness.internal.net.Closing;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.Hosts;
import io.socketharness.internal.net.InetEndpoint;
import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.net.Unsupported;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A UDP port. It waits in the receive call, because a selector costs a tenth of the rate. The socket that receives is
 * never connected: connected sockets send no empty datagrams.
 *
 * <p>While the server refuses clients, the socket is replaced by one that is bound to the same port and connected to
 * itself. It keeps the port and receives fences. Datagrams of all others find no socket, and the system answers them
 * with ICMP "port unreachable". The port is never free, because both sockets are bound for a moment.
 */
public final class UdpPort implements DatagramPort {

    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int LARGEST = 65_536;

    private final ServerSpec spec;
    private final InetSocketAddress local;
    private final ReceiveBarrier fence;
    private final ReceiverTasks tasks = new ReceiverTasks();
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    private final DatagramPacket packet = new DatagramPacket(buffer.array(), LARGEST);

    /** Only the receiving thread replaces it. */
    private volatile DatagramSocket socket;

    private volatile boolean closed;

    // only for the receiving thread
    private boolean refusing;
    private int timeout;

    public UdpPort(ServerSpec spec) throws IOException {
        this(spec, spec.port());
    }

    public UdpPort(ServerSpec spec, int port) throws IOException {
        this.spec = spec;
        InetAddress host = Hosts.resolve(spec.host());
        socket = bind(new InetSocketAddress(host, port), false);
        local = new InetSocketAddress(host, socket.getLocalPort());
        fence = new ReceiveBarrier(this::send, this::isClosed, local);
    }

    private static DatagramSocket bind(InetSocketAddress address, boolean shared) throws IOException {
        DatagramSocket bound = open(address.getAddress());
        try {
            bound.setReceiveBufferSize(RECEIVE_BUFFER);
            if (shared) {
                bound.setReuseAddress(true);
            }
            bound.bind(address);
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
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
        if (tasks.runAll()) {
            // a fence to the replaced socket is lost
            return null;
        }
        DatagramSocket from = socket;
        if (closed) {
            throw new SocketException("Socket closed");
        }
        if (millis != timeout) {
            from.setSoTimeout(millis);
            timeout = millis;
        }
        packet.setLength(LARGEST);
        try {
            from.receive(packet);
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
        send(new DatagramPacket(
                datagram.array(), datagram.arrayOffset() + datagram.position(), datagram.remaining(), to));
        datagram.position(datagram.limit());
    }

    private void send(DatagramPacket sent) throws IOException {
        DatagramSocket through = socket;
        try {
            Interrupts.shield(() -> through.send(sent));
        } catch (IOException | IllegalArgumentException failed) {
            if (through != socket) {
                send(sent);
            } else if (failed instanceof IOException refused) {
                throw refused;
            } else {
                // the socket is connected to another address: itself
                throw new ServerRefuses();
            }
        }
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
    public void refuse() throws IOException {
        // first: without a descriptor for it the server must not refuse
        try (UnreachableProbe probe = new UnreachableProbe()) {
            tasks.run(() -> change(true), this::wake);
            if (!closed && !probe.isUnreachable(fence.self())) {
                listen();
                throw new Unsupported(
                        "this system does not answer a datagram to its port with ICMP \"port unreachable\"", null);
            }
        }
    }

    @Override
    public void listen() throws IOException {
        tasks.run(() -> change(false), this::wake);
    }

    private void change(boolean refuse) throws IOException {
        try {
            if (refusing != refuse) {
                replace(refuse);
            }
        } catch (IOException failed) {
            if (!closed) {
                throw failed;
            }
        }
    }

    /** Binds another socket before it closes this one, so that the port is never free. */
    private void replace(boolean refuse) throws IOException {
        DatagramSocket before = socket;
        before.setReuseAddress(true);
        DatagramSocket next = null;
        try {
            next = bind(local, true);
            if (refuse) {
                next.connect(fence.self());
            }
        } catch (IOException failed) {
            Closing.quietly(next);
            before.setReuseAddress(false);
            throw failed;
        }
        socket = next;
        refusing = refuse;
        timeout = 0;
        before.close();
        next.setReuseAddress(false);
    }

    @Override
    public String lost() {
        return local.getAddress().isAnyLocalAddress()
                ? "; while a server for all addresses refuses clients, another program can bind its port at one of"
                        + " them"
                : "";
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }

    @Override
    public void release() {
        close();
        fence.end();
        tasks.end();
    }
}
