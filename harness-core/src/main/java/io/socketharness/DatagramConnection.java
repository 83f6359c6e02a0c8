package io.socketharness;

import io.socketharness.script.Conversation;
import io.socketharness.script.Script;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The conversation with one source of datagrams. The listener runs its script as far as the script does what takes neither
 * time nor a wait; from the first step that may, it has a thread of its own.
 */
final class DatagramConnection implements Served {

    private final FakeServer server;
    private final DatagramListener listener;
    private final DatagramWire wire;
    private final Conversation conversation;
    private boolean ownThread;

    DatagramConnection(FakeServer server, DatagramListener listener, DatagramWire wire, Conversation conversation) {
        this.server = server;
        this.listener = listener;
        this.wire = wire;
        this.conversation = conversation;
    }

    void received(ByteBuffer datagram, InetSocketAddress source) {
        wire.received(datagram, source);
        advance();
        conversation.failIfUnexpected();
    }

    /** Goes on with the script. Called by the listener's thread alone. */
    void advance() {
        if (!ownThread && conversation.advance()) {
            ownThread = true;
            server.converse(conversation, conversation::finish);
        }
    }

    /** Ends it, as the server is closed. */
    void stop() {
        conversation.stop();
        wire.stop();
        advance();
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    @Override
    public void serve(Script script) {
        conversation.begin(script);
        listener.due(this);
    }

    @Override
    public void hold() {
        // its datagrams wait in the exchange
    }

    @Override
    public boolean isOpen() {
        return wire.isOpen();
    }
}
