package io.socketharness.internal.datagram;

import io.socketharness.ConversationMode;
import io.socketharness.Transport;
import io.socketharness.internal.net.Endpoint;
import io.socketharness.internal.net.RemoteClient;
import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.Listener;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.internal.tls.DtlsSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Receives the datagrams of a server, adds each to the conversation of its source, and runs that conversation as far as
 * possible without waiting. Handing each datagram to another thread would halve the rate.
 */
public final class DatagramListener implements Listener {

    private static final int TICK = 100;

    private final ServerRuntime runtime;
    private final DatagramPort port;
    private final boolean oneConversation;
    private final boolean secure;
    private final Map<Object, DatagramConnection> sources = new HashMap<>();
    private final List<DatagramConnection> handshakes = new ArrayList<>();
    /** Conversations to continue although they received no datagram. */
    private final Queue<DatagramConnection> due = new ConcurrentLinkedQueue<>();

    /** Datagrams that leave the simulated network. */
    private final Queue<Runnable> arrivals = new ConcurrentLinkedQueue<>();

    /** The separate ports of conversations. */
    private final Queue<ConversationPort> ownPorts = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;
    private volatile boolean refusing;
    private volatile @Nullable Thread thread;

    public DatagramListener(ServerRuntime runtime, DatagramPort port) {
        this.runtime = runtime;
        this.port = port;
        this.secure = runtime.spec().transport() == Transport.DTLS;
        this.oneConversation = runtime.spec().conversation() == ConversationMode.ONE;
    }

    @Override
    public Endpoint endpoint() {
        return port.endpoint();
    }

    @Override
    public SelectorProvider provider() {
        return SelectorProvider.provider();
    }

    @Override
    public synchronized void listen() {
        if (thread == null) {
            thread = runtime.listen(this::receive);
        } else if (refusing) {
            try {
                listenAgain();
            } catch (IOException failed) {
                throw new IllegalStateException(
                        runtime.title() + " cannot listen again: " + failed.getMessage() + port.lost(), failed);
            }
        }
    }

    private void listenAgain() throws IOException {
        port.listen();
        for (ConversationPort own : ownPorts) {
            own.port().listen();
        }
        refusing = false;
    }

    @Override
    public synchronized void refuse() {
        if (refusing || closed) {
            return;
        }
        drain();
        refusing = true;
        try {
            refusePorts();
        } catch (Unsupported reason) {
            throw new UnsupportedOperationException(
                    runtime.title() + " cannot refuse: " + reason.getMessage() + "; close the server, or do not answer",
                    reason);
        } catch (IOException failed) {
            throw new IllegalStateException(runtime.title() + " cannot stop listening: " + failed.getMessage(), failed);
        }
    }

    private void refusePorts() throws IOException {
        try {
            port.refuse();
            for (ConversationPort own : ownPorts) {
                own.port().refuse();
            }
        } catch (IOException | RuntimeException | Error failed) {
            listenAgain();
            throw failed;
        }
    }

    /** Whether the server refuses clients, and sends nothing. */
    boolean isRefusing() {
        return refusing;
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
                runtime.failed("it can receive no more datagrams", failed);
            }
        } finally {
            port.release();
            runtime.connections().forEach(connection -> ((DatagramConnection) connection).stop());
        }
    }

    /** How long to wait for a datagram. While DTLS handshakes are in progress, the listener checks them regularly. */
    private int patience() {
        if (handshakes.isEmpty()) {
            return 0;
        }
        long now = System.nanoTime();
        handshakes.removeIf(one -> !one.isDue(now));
        return handshakes.isEmpty() ? 0 : TICK;
    }

    private void received(ByteBuffer datagram, SocketAddress source) {
        Object key = oneConversation ? this : source;
        DatagramConnection known = sources.get(key);
        if (known == null || known.isForgotten() || known.isOver() && DtlsSession.isHello(datagram)) {
            known = open(source);
            sources.put(key, known);
        }
        if (runtime.isNetworkSimulated()) {
            // also if it was opened before, and nothing but a discarded record has arrived
            known.simulateNetwork();
        }
        known.wire().received(datagram, source, known.arrival());
    }

    /** A datagram arrives at its conversation: at once, or from the simulated network. */
    void arrived(DatagramConnection known, ByteBuffer datagram, SocketAddress source) {
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

    /** Runs an action on the receiving thread: a datagram leaves the simulated network. */
    void arrived(Runnable action) {
        arrivals.add(action);
        if (Thread.currentThread() != thread) {
            port.wake();
        }
    }

    private void serveDue() {
        for (Runnable next = arrivals.poll(); next != null; next = arrivals.poll()) {
            next.run();
        }
        for (DatagramConnection next = due.poll(); next != null; next = due.poll()) {
            next.advance();
            next.conversation().completion().failIfUnexpected();
        }
    }

    /** Schedules a conversation that got its script or its end. */
    void due(DatagramConnection connection) {
        due.add(connection);
        if (Thread.currentThread() != thread) {
            port.wake();
        }
    }

    /** First drains the separate ports of conversations, because they pass their datagrams to this thread. */
    @Override
    public void drain() {
        if (Thread.currentThread() == thread) {
            // it would wait for itself
            return;
        }
        ownPorts.forEach(own -> own.port().drain());
        port.drain();
    }

    /** Drains, unless the caller is the receiving thread: that has already read what it needs. */
    void drainElsewhere() {
        if (Thread.currentThread() != thread) {
            drain();
        }
    }

    /** Opens a separate port for a conversation. */
    DatagramPort moveToNewPort(DatagramTransport conversation, ExchangeRecorder recorder, Runnable resume) {
        ConversationPort own = new ConversationPort(runtime, openPort("a conversation cannot have its own port"));
        own.receive(conversation, recorder, resume);
        ownPorts.add(own);
        if (closed) {
            own.port().close();
        }
        return own.port();
    }

    /** Opens another port; {@code unsupported} says what only UDP can do. */
    DatagramPort openPort(String unsupported) {
        Transport transport = runtime.spec().transport();
        if (transport != Transport.UDP) {
            throw new UnsupportedOperationException("over " + transport + " " + unsupported + "; use udp");
        }
        try {
            return new UdpPort(runtime.spec(), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException("a new port could not be opened: " + failed.getMessage(), failed);
        }
    }

    private DatagramConnection open(SocketAddress source) {
        RemoteClient client = port.client(source);
        ExchangeRecorder exchange = runtime.open(client);
        DatagramWire wire = new DatagramWire(runtime, this, exchange);
        DatagramTls tls = secure ? tls(exchange, wire, source) : null;
        DatagramTransport transport = new DatagramTransport(this, port, wire, exchange, source, oneConversation, tls);
        Conversation conversation = runtime.conversation(transport, exchange, client);
        DatagramConnection connection =
                new DatagramConnection(runtime, this, transport, tls, conversation, port.mayLackRoom());
        transport.conversation(conversation, () -> due(connection));
        return connection;
    }

    private void arrive(DatagramConnection connection) {
        if (secure) {
            handshakes.add(connection);
        }
        connection.arrive();
    }

    private DatagramTls tls(ExchangeRecorder exchange, DatagramWire wire, SocketAddress source) {
        DtlsSession session =
                new DtlsSession(runtime.tls().datagramEngine(), record -> wire.send(record.duplicate(), port, source));
        return new DatagramTls(session, exchange, runtime.spec().timeout());
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
        // the receiving threads run no user code: they have closed their ports
    }
}
