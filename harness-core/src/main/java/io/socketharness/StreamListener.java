package io.socketharness;

import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.script.Conversation;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Accepts the connections of a stream server. */
final class StreamListener implements Listener {

    private final FakeServer server;
    private final StreamAddress address;
    private @Nullable ServerSocketChannel channel;
    /** Opened by the thread that accepts: whoever starts a server need not wait for that. */
    private @Nullable Selector selector;
    /** What a thread accepts from, until it has let go of it. */
    private @Nullable ServerSocketChannel accepting;

    private boolean listening;
    private boolean closed;

    StreamListener(FakeServer server, StreamAddress address) throws IOException {
        this.server = server;
        this.address = address;
        try {
            channel = bind();
        } catch (IOException failed) {
            address.close();
            throw failed;
        }
    }

    private ServerSocketChannel bind() throws IOException {
        ServerSocketChannel bound = address.bind();
        try {
            bound.configureBlocking(false);
            return bound;
        } catch (IOException failed) {
            bound.close();
            throw failed;
        }
    }

    @Override
    public Endpoint endpoint() {
        return address.endpoint();
    }

    private void accept(ServerSocketChannel from) {
        if (!from.isOpen()) {
            return;
        }
        try (Selector on = from.provider().openSelector()) {
            synchronized (this) {
                if (channel != from) {
                    return;
                }
                selector = on;
                accepting = from;
                SelectionKey unused = from.register(on, SelectionKey.OP_ACCEPT);
            }
            while (from.isOpen()) {
                takeIn(from);
                on.select();
                on.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | ClosedChannelException closedOrRefusing) {
            // the listening period is over
        } catch (Throwable failed) {
            server.failed("it can accept no more connections", failed);
        } finally {
            synchronized (this) {
                if (accepting == from) {
                    accepting = null;
                    notifyAll();
                }
            }
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
        Peer peer;
        try {
            accepted.configureBlocking(false);
            peer = address.prepare(accepted);
        } catch (IOException goneAlready) {
            accepted.close();
            return;
        }
        ExchangeRecorder exchange = server.open(peer);
        ByteChannel bytes = address.bytes(accepted);
        StreamTls tls = new StreamTls(bytes, exchange, server.tls(), server.spec());
        StreamWire wire =
                new StreamWire(accepted, bytes, exchange, tls, server.spec().transport() != Transport.UNIX);
        Conversation conversation = server.conversation(wire, exchange, peer);
        StreamConnection connection = new StreamConnection(wire, tls, conversation, this);
        server.arrived(connection, exchange);
        server.converse(conversation, connection);
    }

    /** A connection whose handshake has failed is there for no script. */
    void withdraw(StreamConnection connection) {
        server.withdraw(connection);
    }

    /** How long a connection waits for a script where all were given to others. */
    Duration patience() {
        return server.spec().timeout();
    }

    /** Whether the server was ever given a script. */
    boolean isScripted() {
        return server.isScripted();
    }

    /** Fails a connection that still waits for a script though none is left. */
    void giveUp(StreamConnection connection) {
        server.giveUp(connection);
    }

    /** Notes what was thrown by the harness itself, not by a script: before the client can see that the connection ends. */
    void cannotServe(StreamConnection connection, Throwable thrown) {
        if (!server.isClosed()) {
            int index = connection.conversation().exchange().index();
            server.failed("connection " + index + " cannot be served", thrown);
        }
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
            } catch (IOException | RuntimeException failed) {
                if (from.isOpen()) {
                    server.failed("it can accept no more connections", failed);
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
            address.keep();
            channel = null;
            listening = false;
            takeIn(bound);
            bound.close();
            wakeSelector();
            awaitRelease(bound);
        } catch (IOException failed) {
            throw new IllegalStateException(server.title() + " cannot stop listening: " + failed.getMessage(), failed);
        }
    }

    /** Its thread closes it: junixsocket's does not notice when another does. */
    private void wakeSelector() {
        Selector waiting = selector;
        if (waiting != null) {
            Selector unused = waiting.wakeup();
        }
    }

    /** The system goes on listening until the thread that accepts has let go. */
    private synchronized void awaitRelease(ServerSocketChannel closed) {
        boolean interrupted = false;
        while (accepting == closed) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void listen() {
        if (listening || closed) {
            return;
        }
        try {
            ServerSocketChannel bound = channel == null ? bind() : channel;
            channel = bound;
            listening = true;
            selector = null;
            Thread unused = server.listen(() -> accept(bound));
        } catch (IOException failed) {
            throw new IllegalStateException(
                    server.title() + " cannot listen again: " + failed.getMessage() + address.lost(), failed);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            address.close();
            Closing.quietly(channel);
            wakeSelector();
            channel = null;
        }
        for (Served served : server.served()) {
            served.conversation().stop();
            ((StreamConnection) served).wire().stop();
        }
    }
}
