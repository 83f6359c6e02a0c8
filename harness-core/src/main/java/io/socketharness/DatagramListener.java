package io.socketharness;

import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.script.Conversation;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Receives the datagrams of a server, puts each into the conversation of its source, and serves that as far as it can
 * without waiting: to hand each datagram to another thread would halve the rate. The channel is never connected: a
 * connected one sends no empty datagrams.
 */
final class DatagramListener implements Listener {

    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int LARGEST = 65_536;
    /** More than the system can hold at a time; who takes in what it holds must come to an end. */
    private static final int MOST_HELD = 65_536;

    private final FakeServer server;
    private final boolean oneConversation;
    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    private final Map<Object, DatagramConnection> sources = new HashMap<>();
    /** Those to go on with though no datagram of theirs has come. */
    private final Queue<DatagramConnection> due = new ConcurrentLinkedQueue<>();

    private boolean started;
    private volatile boolean closed;

    DatagramListener(FakeServer server, ServerSpec spec) throws IOException {
        this.server = server;
        this.oneConversation = spec.conversation() == ConversationMode.ONE;
        InetAddress host = Hosts.resolve(spec.host());
        channel = DatagramChannel.open(
                host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER)
                    .bind(new InetSocketAddress(host, spec.port()))
                    .configureBlocking(false);
            local = (InetSocketAddress) channel.getLocalAddress();
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public void listen() {
        if (!started) {
            started = true;
            server.receive(this::receive);
        }
    }

    @Override
    public void refuse() {
        throw new UnsupportedOperationException(server.title()
                + " cannot refuse: a bound UDP port takes every datagram, and a free one could be taken by another program;"
                + " close the server, or let it answer nothing");
    }

    private void receive() {
        try {
            while (channel.isOpen()) {
                takeInAll();
                selector.select();
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | ClosedChannelException closed) {
            // the server is closed
        } catch (IOException failed) {
            server.failed("it can receive no more datagrams: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void takeIn() {
        try {
            takeInAll();
        } catch (ClosedChannelException closed) {
            // nothing comes any more
        } catch (IOException failed) {
            server.failed("it can receive no more datagrams: " + failed.getMessage(), failed);
        }
    }

    private void takeInAll() throws IOException {
        for (int taken = 0; taken < MOST_HELD && !closed; taken++) {
            if (!takeInOne()) {
                return;
            }
        }
    }

    /** Takes in the next datagram. One thread at a time receives and serves: the listener's, or one that verifies. */
    private synchronized boolean takeInOne() throws IOException {
        serveDue();
        buffer.clear();
        InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
        if (source == null) {
            return false;
        }
        connection(source).received(buffer.flip(), source);
        return true;
    }

    private synchronized void serveDue() {
        for (DatagramConnection next = due.poll(); next != null; next = due.poll()) {
            next.advance();
        }
    }

    /** Says that a conversation is to be gone on with: it got its script, or its end. */
    void due(DatagramConnection connection) {
        due.add(connection);
        if (closed) {
            server.receive(this::serveDue);
        } else {
            selector.wakeup();
        }
    }

    private DatagramConnection connection(InetSocketAddress source) {
        return sources.computeIfAbsent(oneConversation ? this : source, key -> open(source));
    }

    private DatagramConnection open(InetSocketAddress source) {
        ExchangeRecorder exchange = server.recorder().open(source, Addresses.format(source), true);
        DatagramWire wire = new DatagramWire(channel, exchange, source, oneConversation);
        Conversation conversation = server.conversation(wire, exchange, source);
        DatagramConnection connection = new DatagramConnection(server, this, wire, conversation);
        wire.conversation(conversation, () -> due(connection));
        server.arrived(connection);
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        // Under the lock no new source can come between the end of the channel and that of its conversations.
        synchronized (this) {
            try {
                channel.close();
                selector.close();
            } catch (IOException ignored) {
                // it is gone either way
            }
            for (DatagramConnection one : sources.values()) {
                one.stop();
            }
        }
    }
}
