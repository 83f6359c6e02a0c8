package io.socketharness;

import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.script.Conversation;
import io.socketharness.tls.DtlsSession;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Receives the datagrams of a server, puts each into the conversation of its source, and serves that as far as it can
 * without waiting: to hand each datagram to another thread would halve the rate. It waits in the receive itself, where a
 * selector would cost a tenth. The socket is never connected: a connected one sends no empty datagrams.
 */
final class DatagramListener implements Listener {

    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int LARGEST = 65_536;
    private static final int TICK = 100;

    private final FakeServer server;
    private final boolean oneConversation;
    private final DatagramSocket socket;
    private final InetSocketAddress local;
    private final boolean secure;
    private final Fence fence;
    private final Map<Object, DatagramConnection> sources = new HashMap<>();
    private final List<DatagramConnection> handshakes = new ArrayList<>();
    /** Those to go on with though no datagram of theirs has come. */
    private final Queue<DatagramConnection> due = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Thread thread;

    DatagramListener(FakeServer server, ServerSpec spec) throws IOException {
        this.server = server;
        this.secure = spec.transport() == Transport.DTLS;
        this.oneConversation = spec.conversation() == ConversationMode.ONE;
        InetAddress host = Hosts.resolve(spec.host());
        socket = open(host);
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.bind(new InetSocketAddress(host, spec.port()));
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        local = new InetSocketAddress(host, socket.getLocalPort());
        fence = new Fence(socket, local);
    }

    /** A plain socket takes datagrams over IPv6 too where it is bound to all addresses of IPv4. */
    private static DatagramSocket open(InetAddress host) throws IOException {
        return host instanceof Inet4Address && host.isAnyLocalAddress()
                ? DatagramChannel.open(StandardProtocolFamily.INET).socket()
                : new DatagramSocket(null);
    }

    @Override
    public Endpoint endpoint() {
        return InetEndpoint.of(server.spec(), local);
    }

    @Override
    public void listen() {
        if (thread == null) {
            thread = server.receive(this::receive);
        }
    }

    @Override
    public void refuse() {
        throw new UnsupportedOperationException(server.title()
                + " cannot refuse: a bound UDP port takes every datagram, and a free one could be taken by another program;"
                + " close the server, or let it answer nothing");
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
        DatagramPacket packet = new DatagramPacket(buffer.array(), LARGEST);
        try {
            while (true) {
                packet.setLength(LARGEST);
                if (await(packet)) {
                    received(buffer.clear().limit(packet.getLength()), (InetSocketAddress) packet.getSocketAddress());
                }
                serveDue();
            }
        } catch (IOException failed) {
            if (!socket.isClosed()) {
                server.failed("it can receive no more datagrams: " + failed.getMessage(), failed);
            }
        } finally {
            socket.close();
            fence.end();
            sources.values().forEach(DatagramConnection::stop);
        }
    }

    /** Waits for a datagram; while handshakes of DTLS are under way, it looks after them from time to time. */
    private boolean await(DatagramPacket packet) throws IOException {
        if (handshakes.isEmpty()) {
            socket.receive(packet);
            return true;
        }
        long now = System.nanoTime();
        boolean unused = handshakes.removeIf(one -> !one.isDue(now));
        socket.setSoTimeout(handshakes.isEmpty() ? 0 : TICK);
        try {
            socket.receive(packet);
            return true;
        } catch (SocketTimeoutException nothingCame) {
            return false;
        }
    }

    private void received(ByteBuffer datagram, InetSocketAddress source) {
        if (!fence.isOwn(datagram, source)) {
            Object key = oneConversation ? this : source;
            DatagramConnection known = sources.get(key);
            if (known == null || known.isOver() && DtlsSession.isHello(datagram)) {
                known = open(source);
                sources.put(key, known);
            }
            known.received(datagram, source);
        }
    }

    private void serveDue() {
        for (DatagramConnection next = due.poll(); next != null; next = due.poll()) {
            next.advance();
        }
    }

    /** Says that a conversation is to be gone on with: it got its script, or its end. */
    void due(DatagramConnection connection) {
        due.add(connection);
        if (Thread.currentThread() != thread) {
            fence.send();
        }
    }

    @Override
    public void takeIn() {
        fence.await();
    }

    private DatagramConnection open(InetSocketAddress source) {
        Peer peer = Peer.inet(source);
        ExchangeRecorder exchange = server.open(peer);
        DatagramTls tls = secure ? tls(exchange, source) : null;
        DatagramWire wire = new DatagramWire(socket, exchange, source, oneConversation, tls);
        Conversation conversation = server.conversation(wire, exchange, peer);
        DatagramConnection connection = new DatagramConnection(server, this, wire, tls, conversation);
        wire.conversation(conversation, () -> due(connection));
        if (tls != null) {
            handshakes.add(connection);
        }
        server.arrived(connection, exchange);
        return connection;
    }

    private DatagramTls tls(ExchangeRecorder exchange, InetSocketAddress source) {
        DtlsSession session = new DtlsSession(server.tls().datagramEngine(), record -> {
            DatagramPacket packet = new DatagramPacket(
                    record.array(), record.arrayOffset() + record.position(), record.remaining(), source);
            Interrupts.shield(() -> socket.send(packet));
        });
        return new DatagramTls(session, exchange, server.spec().timeout());
    }

    /** Ends the receiving thread, which ends the conversations. */
    @Override
    public void close() {
        socket.close();
    }
}
