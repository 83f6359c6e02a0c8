package io.socketharness.internal.datagram;

import io.socketharness.internal.runtime.ServerConnection;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.recording.Event;
import io.socketharness.script.Script;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one source of datagrams. The listener runs the script while its steps neither take time nor
 * wait. From the first step that may, the script has its own thread.
 */
final class DatagramConnection implements ServerConnection {

    private final ServerRuntime runtime;
    private final DatagramListener listener;
    private final DatagramTransport transport;
    private final @Nullable DatagramTls tls;
    private final Conversation conversation;
    private final boolean sendsMayWait;
    /** Takes its datagrams; one object, because there are many datagrams. */
    private final DatagramWire.Arrival arrival = this::arrived;

    private volatile boolean forgotten;
    private boolean ownThread;
    private boolean arrived;

    DatagramConnection(
            ServerRuntime runtime,
            DatagramListener listener,
            DatagramTransport transport,
            @Nullable DatagramTls tls,
            Conversation conversation,
            boolean sendsMayWait) {
        this.sendsMayWait = sendsMayWait;
        this.tls = tls;
        this.runtime = runtime;
        this.listener = listener;
        this.transport = transport;
        this.conversation = conversation;
    }

    /** Whether a datagram arrived that is not discarded. From then on the conversation is served. */
    boolean hasArrived() {
        return arrived;
    }

    /** Records a record of an unknown session (RFC 6347, section 4.1.2.7). It has no other effect. */
    void discard(String record, int bytes) {
        transport
                .recorder()
                .event(
                        Event.Kind.DISCARDED,
                        "DTLS record discarded: " + record + ", " + bytes
                                + " bytes; the server has no session with this client");
        transport.recorder().publish();
    }

    void arrive() {
        arrived = true;
        runtime.arrived(this, transport.recorder());
        if (runtime.isNetworkSimulated()) {
            // the network may have begun in the meantime
            simulateNetwork();
        }
    }

    void received(ByteBuffer datagram, SocketAddress source) {
        DatagramTls secure = tls;
        if (secure == null) {
            transport.received(datagram, source);
        } else {
            for (ByteBuffer message : secure.received(datagram)) {
                transport.received(message, source);
            }
            secure.noteEnd();
        }
        advance();
        conversation.completion().failIfUnexpected();
    }

    /** Continues the script. Only the listener's thread calls this. */
    void advance() {
        if (tls != null && !tls.isSettled() && !transport.isStopped()) {
            return;
        }
        if (!ownThread && (sendsMayWait ? conversation.isBegun() : conversation.advance())) {
            ownThread = true;
            runtime.converse(conversation, conversation::finish);
        }
    }

    /** Ends the conversation because the server closes. */
    void stop() {
        conversation.stop();
        transport.stop();
        advance();
    }

    /** Whether a later hello from the same address begins a new conversation. */
    boolean isOver() {
        return tls != null && tls.isOver();
    }

    /** Whether the next datagram of this client begins another conversation. */
    boolean isForgotten() {
        return forgotten;
    }

    @Override
    public void forgetSession() {
        if (tls != null && tls.forget()) {
            forget();
        }
    }

    @Override
    public void forget() {
        if (tls != null) {
            tls.forget();
        }
        forgotten = true;
        conversation.shared().close();
    }

    /** Continues a handshake whose wait is over; false if no handshake is in progress. */
    boolean isDue(long now) {
        boolean due = tls != null && tls.isDue(now);
        if (tls != null && !due) {
            advance();
        }
        return due;
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

    DatagramWire.Arrival arrival() {
        return arrival;
    }

    private void arrived(ByteBuffer datagram, SocketAddress source) {
        listener.arrived(this, datagram, source);
    }

    DatagramWire wire() {
        return transport.wire();
    }

    @Override
    public void simulateNetwork() {
        wire().simulate();
    }

    @Override
    public boolean isOpen() {
        return transport.isOpen();
    }
}
