package io.socketharness.internal.datagram;

import io.socketharness.internal.net.Interrupts;
import io.socketharness.internal.network.Link;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.internal.script.engine.TransportChannel;
import io.socketharness.network.NetworkCondition;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.OutputClosed;
import io.socketharness.script.ServerClosed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of a datagram socket. The listener receives for all conversations and wakes the threads that wait
 * here.
 */
final class DatagramTransport implements TransportChannel {

    private static final long UNTIL_ROOM = 1_000_000;

    private final DatagramListener listener;
    private final DatagramWire wire;
    private final ExchangeRecorder recorder;
    private final @Nullable DatagramTls tls;
    private final SocketAddress first;
    private final boolean manySources;

    private @Nullable Conversation conversation;
    private Runnable resume = () -> {};
    /** The port to send from. */
    private volatile DatagramPort port;

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean closed;

    DatagramTransport(
            DatagramListener listener,
            DatagramPort port,
            DatagramWire wire,
            ExchangeRecorder recorder,
            SocketAddress source,
            boolean manySources,
            @Nullable DatagramTls tls) {
        this.tls = tls;
        this.listener = listener;
        this.port = port;
        this.wire = wire;
        this.recorder = recorder;
        this.first = source;
        this.manySources = manySources;
    }

    void conversation(Conversation own, Runnable resume) {
        conversation = own;
        this.resume = resume;
    }

    void received(ByteBuffer datagram, SocketAddress source) {
        if (manySources) {
            recorder.received(datagram, from(source), source);
        } else {
            recorder.received(datagram, source.equals(first) ? "" : from(source), null);
        }
    }

    private String from(SocketAddress source) {
        return "from " + port.client(source).name();
    }

    @Override
    public boolean awaitInput(long seen, long deadline) {
        return until(() -> recorder.arrived() > seen || recorder.inputEnded(), deadline);
    }

    @Override
    public void pause(long deadline) {
        await(() -> stopped, deadline);
        requireRunning();
    }

    @Override
    public void awaitEnd() {
        until(recorder::inputEnded, Long.MAX_VALUE);
    }

    private boolean until(BooleanSupplier done, long deadline) {
        BooleanSupplier over = () -> stopped || done.getAsBoolean();
        if (Thread.currentThread().isInterrupted() && !over.getAsBoolean()) {
            Interrupts.defer(listener::drain);
        }
        boolean came = await(over, deadline);
        if (!came) {
            // what has arrived by now is in time, even if this thread is late
            Interrupts.defer(listener::drain);
            came = over.getAsBoolean();
        }
        requireRunning();
        return came;
    }

    private boolean await(BooleanSupplier over, long deadline) {
        waiting.incrementAndGet();
        recorder.changed();
        try {
            return recorder.await(over, deadline);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void requireRunning() {
        if (stopped) {
            throw new ServerClosed();
        }
    }

    @Override
    public boolean isWaiting() {
        return waiting.get() > 0;
    }

    @Override
    public void send(ByteBuffer data, long deadline) {
        send(data, deadline, port, "");
    }

    private void send(ByteBuffer data, long deadline, DatagramPort from, String remark) {
        if (closed) {
            throw new OutputClosed("the server has ended this conversation; nothing more can be sent", null);
        }
        int size = data.remaining();
        try {
            if (listener.isRefusing()) {
                throw new ServerRefuses();
            }
            DatagramTls secure = tls;
            if (secure != null) {
                awaitTls(secure, deadline);
                recorder.send(data, secure::send);
                return;
            }
            SocketAddress to = destination();
            recorder.send(data, remark, datagram -> wire.send(datagram, from, to));
            while (data.hasRemaining()) {
                awaitRoom(deadline, size);
                recorder.send(data, remark, datagram -> wire.send(datagram, from, to));
            }
        } catch (ServerRefuses down) {
            notSent(size, down);
        } catch (IOException refused) {
            if (from.isClosed()) {
                throw new ServerClosed();
            }
            notSent(size, refused);
            throw failure("a datagram of " + size + " bytes could not be sent: " + refused.getMessage(), refused);
        }
    }

    private void notSent(int size, IOException reason) {
        recorder.event(Event.Kind.NOT_SENT, "a datagram of " + size + " bytes not sent: " + reason.getMessage());
    }

    private RuntimeException failure(String reason, IOException refused) {
        if (tls != null && tls.isOver() || port.isClientGone(refused, destination())) {
            // earlier data of the client is read first
            listener.drainElsewhere();
            return new ClientGone(reason);
        }
        return new UncheckedIOException(reason, refused);
    }

    /** Waits before the next try: the system does not report when the client has made room. */
    private void awaitRoom(long deadline, int size) {
        long now = System.nanoTime();
        if (now - deadline >= 0 && deadline != Long.MAX_VALUE) {
            throw new DeadlineExceeded(
                    "the client did not read in time; a datagram of " + size + " bytes was not" + " sent");
        }
        pause(now + UNTIL_ROOM);
    }

    private void awaitTls(DatagramTls secure, long deadline) {
        if (!secure.isSettled() && !until(secure::isSettled, deadline)) {
            throw new DeadlineExceeded("the client did not complete the TLS handshake in time");
        }
        if (!secure.isEstablished()) {
            throw new ClientGone(recorder.detail(Event.Kind.TLS_FAILED).orElse("TLS failed"));
        }
    }

    private SocketAddress destination() {
        Conversation own = conversation;
        return own == null
                ? first
                : recorder.source(Math.max(0, own.taken() - 1)).orElse(first);
    }

    @Override
    public void moveToNewPort() {
        port = listener.moveToNewPort(this, recorder, resume);
    }

    @Override
    public OtherPort openOtherPort() {
        DatagramPort other = listener.openPort("a datagram cannot come from another port");
        String remark = "from port " + other.endpoint().port();
        return new OtherPort() {
            @Override
            public void send(ByteBuffer data, long deadline) {
                if (other.isClosed()) {
                    throw new IllegalStateException("this connection is for the behaviour that was given to"
                            + " fromOtherPort, which has ended");
                }
                DatagramTransport.this.send(data, deadline, other, remark);
            }

            @Override
            public void close() {
                other.close();
            }
        };
    }

    @Override
    public void halfClose() {
        throw new UnsupportedOperationException("datagrams have no connection to half-close");
    }

    @Override
    public void closeNow(long deadline) {
        throw new UnsupportedOperationException("datagrams have no connection to close at once");
    }

    @Override
    public void close(long deadline) {
        if (!closed) {
            closed = true;
            recorder.event(Event.Kind.CLOSED, tls == null ? "" : tls.close());
            resume.run();
        }
    }

    @Override
    public void reset(long deadline) {
        requireReset();
    }

    @Override
    public void abort() {
        close(0);
    }

    @Override
    public boolean canReset() {
        return false;
    }

    @Override
    public void requireReset() {
        throw new UnsupportedOperationException("datagrams have no connection to reset");
    }

    @Override
    public void network(List<NetworkCondition> conditions) {
        change(conditions, link -> link.conditions(conditions));
    }

    @Override
    public void network(Object run, List<NetworkCondition> conditions) {
        change(conditions, link -> link.conditions(run, conditions));
    }

    private void change(List<NetworkCondition> to, Consumer<Link> change) {
        if (wire.isSimulated() || !to.isEmpty()) {
            change.accept(wire.simulate());
            wire.sync();
        }
    }

    DatagramWire wire() {
        return wire;
    }

    ExchangeRecorder recorder() {
        return recorder;
    }

    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        recorder.changed();
    }

    boolean isOpen() {
        return !closed && !port.isClosed();
    }
}
