package io.socketharness;

import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.script.Conversation;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the connections of a stream server.
 *
 * <p>On Linux a second socket, bound to the same port and never listening, keeps the port while the server refuses: the
 * system answers clients with a RST, and no moment passes in which the port is free. A port that the system has chosen may
 * be shared (SO_REUSEPORT, see socket(7)), so that this socket is only there once it is needed. A fixed one may not, or two
 * servers could have it without knowing; there the second socket comes first.
 */
final class StreamListener implements Listener {

    private static final boolean LINUX =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

    private final FakeServer server;
    private final int backlog;
    private final ProtocolFamily family;
    private final boolean shared;
    private @Nullable SocketChannel reservation;
    private final InetSocketAddress local;
    private @Nullable ServerSocketChannel channel;
    /** Opened by the thread that accepts: whoever starts a server need not wait for that. */
    private @Nullable Selector selector;

    private boolean listening;
    private boolean closed;

    StreamListener(FakeServer server, ServerSpec spec) throws IOException {
        this.server = server;
        this.backlog = spec.backlog();
        InetAddress host = Hosts.resolve(spec.host());
        family = host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        shared = LINUX && spec.port() == 0;
        InetSocketAddress address = new InetSocketAddress(host, spec.port());
        SocketChannel first = LINUX && !shared ? reserve(address) : null;
        reservation = first;
        try {
            ServerSocketChannel bound = bind(address);
            channel = bound;
            local = (InetSocketAddress) bound.getLocalAddress();
        } catch (IOException failed) {
            closeQuietly(first);
            throw failed;
        }
    }

    private SocketChannel reserve(InetSocketAddress address) throws IOException {
        SocketChannel second = SocketChannel.open(family);
        try {
            SocketOption<Boolean> option =
                    shared ? StandardSocketOptions.SO_REUSEPORT : StandardSocketOptions.SO_REUSEADDR;
            return second.setOption(option, true).bind(address);
        } catch (IOException failed) {
            second.close();
            throw failed;
        }
    }

    private ServerSocketChannel bind(InetSocketAddress address) throws IOException {
        return bind(address, backlog, family, shared);
    }

    static ServerSocketChannel bind(InetSocketAddress address, int backlog, ProtocolFamily family, boolean shared)
            throws IOException {
        ServerSocketChannel bound = ServerSocketChannel.open(family);
        try {
            if (shared) {
                ServerSocketChannel unused = bound.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            bound.bind(address, backlog).configureBlocking(false);
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    private void accept(ServerSocketChannel from) {
        try (Selector on = Selector.open()) {
            synchronized (this) {
                if (channel != from) {
                    return;
                }
                selector = on;
                SelectionKey unused = from.register(on, SelectionKey.OP_ACCEPT);
            }
            while (from.isOpen()) {
                takeIn(from);
                on.select();
                on.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | ClosedChannelException closedOrRefusing) {
            // the listening period is over
        } catch (IOException failed) {
            server.failed("it can accept no more connections: " + failed.getMessage(), failed);
        }
    }

    private void takeIn(ServerSocketChannel from) throws IOException {
        while (true) {
            synchronized (this) {
                SocketChannel accepted = from.isOpen() ? from.accept() : null;
                if (accepted == null) {
                    return;
                }
                opened(accepted);
            }
        }
    }

    private void opened(SocketChannel accepted) throws IOException {
        InetSocketAddress peer;
        try {
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            peer = (InetSocketAddress) accepted.getRemoteAddress();
        } catch (IOException goneAlready) {
            accepted.close();
            return;
        }
        ExchangeRecorder exchange = server.recorder().open(peer, Addresses.format(peer), false);
        StreamTls tls = new StreamTls(accepted, exchange, server.tls(), server.spec());
        StreamWire wire = new StreamWire(accepted, exchange, tls);
        Conversation conversation = server.conversation(wire, exchange, peer);
        StreamConnection connection = new StreamConnection(wire, tls, conversation, this);
        server.arrived(connection, exchange);
        server.converse(conversation, connection);
    }

    /** A connection whose handshake has failed is there for no script. */
    void withdraw(StreamConnection connection) {
        server.withdraw(connection);
    }

    void served(StreamConnection connection) {
        if (connection.conversation().isProbe()) {
            server.giveBack(connection);
        }
    }

    @Override
    public void takeIn() {
        ServerSocketChannel from;
        synchronized (this) {
            from = channel;
        }
        if (from != null) {
            try {
                takeIn(from);
            } catch (IOException failed) {
                if (from.isOpen()) {
                    server.failed("it can accept no more connections: " + failed.getMessage(), failed);
                }
            }
        }
        for (Served served : server.served()) {
            ((StreamConnection) served).wire().takeInAll();
        }
    }

    @Override
    public synchronized void refuse() {
        ServerSocketChannel bound = channel;
        if (bound == null || !listening) {
            return;
        }
        try {
            if (shared && reservation == null) {
                reservation = reserve(local);
            }
            channel = null;
            listening = false;
            takeIn(bound);
            bound.close();
            // the system goes on listening until the selector has let go
            closeQuietly(selector);
        } catch (IOException failed) {
            throw new IllegalStateException(server.title() + " cannot stop listening: " + failed.getMessage(), failed);
        }
    }

    @Override
    public synchronized void listen() {
        if (listening || closed) {
            return;
        }
        try {
            ServerSocketChannel bound = channel == null ? bind(local) : channel;
            channel = bound;
            listening = true;
            selector = null;
            server.listen(() -> accept(bound));
        } catch (IOException failed) {
            throw new IllegalStateException(
                    server.title() + " cannot listen again: " + failed.getMessage()
                            + (reservation == null
                                    ? "; on this system the port is free while the server refuses, and another program took it"
                                    : ""),
                    failed);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            closeQuietly(channel);
            Selector waiting = selector;
            if (waiting != null) {
                // its thread closes it, which is waited for; to close it here would be to wait twice
                Selector unused = waiting.wakeup();
            }
            closeQuietly(reservation);
            channel = null;
        }
        for (Served served : server.served()) {
            served.conversation().stop();
            ((StreamConnection) served).wire().stop();
        }
    }

    private static void closeQuietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException ignored) {
            // it is gone either way
        }
    }
}
