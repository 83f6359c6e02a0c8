package io.socketharness;

import io.socketharness.recording.Event;
import io.socketharness.recording.ExchangeRecorder;
import io.socketharness.script.ClientGone;
import io.socketharness.script.Conversation;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.ServerClosed;
import io.socketharness.script.Wire;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One conversation of a datagram socket. The listener receives for all; whoever waits here is woken by it. */
final class DatagramWire implements Wire {

    private final DatagramSocket socket;
    private final ExchangeRecorder recorder;
    private final @Nullable DatagramTls tls;
    private final InetSocketAddress first;
    /** Where each datagram came from, where sources share a conversation. */
    private final @Nullable List<InetSocketAddress> sources;

    private @Nullable Conversation conversation;
    private Runnable onClose = () -> {};
    private volatile boolean stopped;
    private volatile boolean closed;

    DatagramWire(
            DatagramSocket socket,
            ExchangeRecorder recorder,
            InetSocketAddress source,
            boolean manySources,
            @Nullable DatagramTls tls) {
        this.tls = tls;
        this.socket = socket;
        this.recorder = recorder;
        this.first = source;
        this.sources = manySources ? new ArrayList<>() : null;
    }

    void conversation(Conversation own, Runnable goesOn) {
        conversation = own;
        onClose = goesOn;
    }

    void received(ByteBuffer datagram, InetSocketAddress source) {
        List<InetSocketAddress> all = sources;
        if (all == null) {
            recorder.received(datagram);
        } else {
            synchronized (all) {
                all.add(source);
            }
            recorder.received(datagram, "from " + Addresses.format(source));
        }
    }

    @Override
    public boolean awaitInput(long seen, long deadline) {
        return until(() -> recorder.arrived() > seen || recorder.inputEnded(), deadline);
    }

    @Override
    public void pause(long deadline) {
        boolean unused = until(() -> false, deadline);
    }

    @Override
    public void awaitEnd() {
        boolean unused = until(recorder::inputEnded, Long.MAX_VALUE);
    }

    private boolean until(BooleanSupplier done, long deadline) {
        boolean came = recorder.await(() -> stopped || done.getAsBoolean(), deadline);
        if (stopped) {
            throw new ServerClosed();
        }
        return came;
    }

    @Override
    public void send(ByteBuffer data, long deadline) {
        if (closed) {
            throw new IllegalStateException("the server has ended this conversation; nothing can be sent any more");
        }
        int size = data.remaining();
        try {
            DatagramTls secure = tls;
            if (secure != null) {
                awaitTls(secure, deadline);
                recorder.send(data, secure::send);
                return;
            }
            InetSocketAddress to = destination();
            recorder.send(data, datagram -> {
                DatagramPacket packet =
                        new DatagramPacket(datagram.array(), datagram.arrayOffset() + datagram.position(), size, to);
                Interrupts.shield(() -> socket.send(packet));
                datagram.position(datagram.limit());
            });
        } catch (IOException refused) {
            if (socket.isClosed()) {
                throw new ServerClosed();
            }
            recorder.event(Event.Kind.NOT_SENT, "a datagram of " + size + " bytes not sent: " + refused.getMessage());
            throw new ClientGone("a datagram of " + size + " bytes could not be sent: " + refused.getMessage());
        }
    }

    private void awaitTls(DatagramTls secure, long deadline) {
        if (!secure.isSettled() && !until(secure::isSettled, deadline)) {
            throw new DeadlineExceeded("the client did not complete the handshake of TLS in time");
        }
        if (!secure.isEstablished()) {
            throw new ClientGone(recorder.detail(Event.Kind.TLS_FAILED).orElse("TLS failed"));
        }
    }

    private InetSocketAddress destination() {
        List<InetSocketAddress> all = sources;
        Conversation own = conversation;
        if (all == null || own == null) {
            return first;
        }
        synchronized (all) {
            return all.get((int) Math.max(0, own.taken() - 1));
        }
    }

    @Override
    public void closeOutput() {
        throw new UnsupportedOperationException("datagrams have no connection that could be closed in part");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (tls != null) {
                tls.close();
            }
            recorder.event(Event.Kind.CLOSED, "");
            onClose.run();
        }
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("datagrams have no connection that could be reset");
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        recorder.changed();
    }

    boolean isOpen() {
        return !closed && !socket.isClosed();
    }
}
