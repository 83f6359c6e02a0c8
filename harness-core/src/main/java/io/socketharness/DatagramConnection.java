package io.socketharness;

import io.socketharness.script.Conversation;
import io.socketharness.script.Script;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The conversation with one source of datagrams; it has a thread while its script runs. */
final class DatagramConnection implements Served {

    private final FakeServer server;
    private final DatagramWire wire;
    private final Conversation conversation;

    DatagramConnection(FakeServer server, DatagramWire wire, Conversation conversation) {
        this.server = server;
        this.wire = wire;
        this.conversation = conversation;
    }

    void received(ByteBuffer datagram, InetSocketAddress source) {
        wire.received(datagram, source);
        conversation.failIfUnexpected();
    }

    DatagramWire wire() {
        return wire;
    }

    @Override
    public Conversation conversation() {
        return conversation;
    }

    @Override
    public void serve(Script script) {
        server.converse(conversation, () -> conversation.serve(script));
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
