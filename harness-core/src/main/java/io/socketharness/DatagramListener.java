package io.socketharness;

import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.script.Conversation;
import io.socketharness.tls.DtlsSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Receives the datagrams of a server, puts each into the conversation of its source, and serves that as far as it can
 * without waiting: to hand each datagram to another thread would halve the rate.
 */
final class DatagramListener implements Listener {

    private static final int TICK = 100;

    private final FakeServer server;
    private final DatagramPort port;
    private final boolean oneConversation;
    private final boolean secure;
    private final Map<Object, DatagramConnection> sources = new HashMap<>();
    private final List<DatagramConnection> handshakes = new ArrayList<>();
    /** Those to go on with though no datagram of theirs has come. */
    private final Queue<DatagramConnection> due = new ConcurrentLinkedQueue<>();

    /** Those that conversations have gone on from. */
    private final Queue<OwnPort> ownPorts = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    DatagramListener(FakeServer server, ServerSpec spec, DatagramPort port) {
        this.server = server;
        this.port = port;
        this.secure = spec.transport() == Transport.DTLS;
        this.oneConversation = spec.conversation() == ConversationMode.ONE;
    }

    @Override
    public Endpoint endpoint() {
        return port.endpoint();
    }

    @Override
    public void listen() {
        if (thread == null) {
            thread = server.listen(this::receive);
        }
    }

    @Override
    public void refuse() {
        throw new UnsupportedOperationException(server.title() + " cannot refuse: " + port.whyNotRefuse()
                + "; close the server, or let it answer nothing");
    }

    private void receive() {
        try {
            while (true) {
                SocketAddress source = port.receive(patience());
                if (source != null) {
                    received(port.datagram(), source);
                }
                serveDue();
            }
        } catch (Throwable failed) {
            if (!port.isClosed()) {
                server.failed("it can receive no more datagrams", failed);
            }
        } finally {
            port.release();
            sources.values().forEach(DatagramConnection::stop);
        }
    }

    /** While handshakes of DTLS are under way, the listener looks after them from time to time. */
    private int patience() {
        if (handshakes.isEmpty()) {
            return 0;
        }
        long now = System.nanoTime();
        boolean unused = handshakes.removeIf(one -> !one.isDue(now));
        return handshakes.isEmpty() ? 0 : TICK;
    }

    private void received(ByteBuffer datagram, SocketAddress source) {
        Object key = oneConversation ? this : source;
        DatagramConnection known = sources.get(key);
        if (known == null || known.isOver() && DtlsSession.isHello(datagram)) {
            known = open(source);
            sources.put(key, known);
        }
        if (!known.hasArrived()) {
            Optional<String> record = secure ? DtlsSession.recordOfSession(datagram) : Optional.empty();
            if (record.isPresent()) {
                known.discard(record.get(), datagram.remaining());
                return;
            }
            arrive(known);
        }
        known.received(datagram, source);
    }

    private void serveDue() {
        for (DatagramConnection next = due.poll(); next != null; next = due.poll()) {
            next.advance();
            boolean unused = next.conversation().failIfUnexpected();
        }
    }

    /** Says that a conversation is to be gone on with: it got its script, or its end. */
    void due(DatagramConnection connection) {
        due.add(connection);
        if (Thread.currentThread() != thread) {
            port.wake();
        }
    }

    /** What the conversations' own ports hold comes first: they hand it to this thread. */
    @Override
    public void takeIn() {
        if (Thread.currentThread() == thread) {
            // it would wait for itself
            return;
        }
        ownPorts.forEach(own -> own.port().takeIn());
        port.takeIn();
    }

    /** The same for a thread that may be the receiving one, which has then taken in what it needs. */
    void takeInElsewhere() {
        if (Thread.currentThread() != thread) {
            takeIn();
        }
    }

    /** Opens a port of its own for a conversation. */
    DatagramPort openPort(DatagramWire wire, ExchangeRecorder recorder, Runnable goOn) {
        Transport transport = server.spec().transport();
        if (transport != Transport.UDP) {
            throw new UnsupportedOperationException(
                    "over " + transport + " a conversation has no port of its own; that needs udp");
        }
        OwnPort own;
        try {
            own = new OwnPort(server, server.spec());
        } catch (IOException failed) {
            throw new UncheckedIOException("a new port could not be opened: " + failed.getMessage(), failed);
        }
        ownPorts.add(own);
        own.receive(wire, recorder, goOn);
        if (closed) {
            own.port().close();
        }
        return own.port();
    }

    private DatagramConnection open(SocketAddress source) {
        Peer peer = port.peer(source);
        ExchangeRecorder exchange = server.open(peer);
        DatagramTls tls = secure ? tls(exchange, source) : null;
        DatagramWire wire = new DatagramWire(this, port, exchange, source, oneConversation, tls);
        Conversation conversation = server.conversation(wire, exchange, peer);
        DatagramConnection connection =
                new DatagramConnection(server, this, wire, tls, conversation, port.mayLackRoom());
        wire.conversation(conversation, () -> due(connection));
        return connection;
    }

    private void arrive(DatagramConnection connection) {
        if (secure) {
            handshakes.add(connection);
        }
        connection.arrive();
    }

    private DatagramTls tls(ExchangeRecorder exchange, SocketAddress source) {
        DtlsSession session =
                new DtlsSession(server.tls().datagramEngine(), record -> port.send(record.duplicate(), source));
        return new DatagramTls(session, exchange, server.spec().timeout());
    }

    /** Ends the receiving thread, which ends the conversations. */
    @Override
    public void close() {
        closed = true;
        port.close();
        ownPorts.forEach(own -> own.port().close());
    }

    @Override
    public void release() {
        // the threads that receive run no code of the user's: they have closed their ports
    }
}
