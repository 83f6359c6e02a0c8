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

/**
 * Receives the datagrams of a server and puts each into the conversation of its source. The channel is never connected:
 * a connected one sends no empty datagrams.
 */
final class DatagramListener implements Listener {

    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int LARGEST = 65_536;

    private final FakeServer server;
    private final boolean oneConversation;
    private final DatagramChannel channel;
    private final Selector selector;
    private final InetSocketAddress local;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    private final Map<Object, DatagramConnection> sources = new HashMap<>();
    private boolean started;

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
            server.listen(this::receive);
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

    private synchronized void takeInAll() throws IOException {
        while (true) {
            buffer.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
            if (source == null) {
                return;
            }
            connection(source).received(buffer.flip(), source);
        }
    }

    private DatagramConnection connection(InetSocketAddress source) {
        return sources.computeIfAbsent(oneConversation ? this : source, key -> open(source));
    }

    private DatagramConnection open(InetSocketAddress source) {
        ExchangeRecorder exchange = server.recorder().open(source, Addresses.format(source), true);
        DatagramWire wire = new DatagramWire(channel, exchange, source, oneConversation);
        Conversation conversation = server.conversation(wire, exchange, source);
        wire.conversation(conversation);
        DatagramConnection connection = new DatagramConnection(server, wire, conversation);
        server.arrived(connection);
        return connection;
    }

    @Override
    public void close() {
        // Under the lock no new source can come between the end of the channel and that of its conversations.
        synchronized (this) {
            try {
                channel.close();
                selector.close();
            } catch (IOException ignored) {
                // it is gone either way
            }
        }
        for (Served served : server.served()) {
            served.conversation().stop();
            ((DatagramConnection) served).wire().stop();
        }
    }
}
