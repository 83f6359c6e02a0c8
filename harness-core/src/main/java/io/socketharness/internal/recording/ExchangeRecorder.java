package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.ClientCredentials;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import io.socketharness.recording.Handshake;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of an {@link Exchange}. It holds the exchange's lock, and guards with it what an exchange consists of:
 * its {@linkplain ReceivedInput input}, its {@linkplain ExchangeLog log} and its {@linkplain ExchangeState state}.
 *
 * <p>What the server does to the wire is done under the lock together with its recording ({@link #send}, {@link #during}),
 * so that nobody can see an effect on the client before it stands in the recording.
 */
public final class ExchangeRecorder {

    /** Something done to a socket. */
    @FunctionalInterface
    public interface IoAction {
        /** Does it; throws if the system refuses. */
        void run() throws IOException;
    }

    /** Hands bytes to a socket without waiting. */
    @FunctionalInterface
    public interface IoWrite {
        /** Writes what the socket takes now and moves the buffer's position past it. */
        void write(ByteBuffer data) throws IOException;
    }

    private final Recorder recorder;
    private final int index;
    private final boolean datagrams;
    private final ClientDetails client;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReceivedInput input;
    private final ExchangeState state;
    private final ExchangeLog log;
    private final Exchange exchange = new RecordedExchange(this);
    private final Signal signal = new Signal();
    private final AtomicBoolean published = new AtomicBoolean();

    ExchangeRecorder(
            Recorder recorder, int index, @Nullable SocketAddress client, String clientName, boolean datagrams) {
        this.recorder = recorder;
        this.index = index;
        this.datagrams = datagrams;
        this.client = new ClientDetails(client, clientName);
        ByteLog received = new ByteLog();
        this.input = new ReceivedInput(received, datagrams);
        this.state = new ExchangeState(datagrams);
        this.log = new ExchangeLog(recorder, datagrams, state, received);
        log.note(Event.Kind.OPENED, "opened by " + clientName);
    }

    /** The writing side of an exchange. */
    public static ExchangeRecorder of(Exchange exchange) {
        return ((RecordedExchange) exchange).recorder();
    }

    /** What was recorded, as tests read it; always the same object. */
    public Exchange exchange() {
        return exchange;
    }

    /** The recording that this exchange is part of. */
    public Recorder recorder() {
        return recorder;
    }

    /** The time, as events have it: since the {@linkplain Recorder#origin() origin}. */
    public Duration elapsed() {
        return Duration.ofNanos(recorder.now());
    }

    /**
     * Waits until {@code condition} holds; it is tried at each change of this exchange, never in between.
     *
     * @param condition what to wait for; must not block
     * @param deadline when to give up, as {@link System#nanoTime()} tells time; {@link Long#MAX_VALUE} for never
     * @return whether it came to hold
     * @throws CancellationException if the thread is interrupted; it stays so
     */
    public boolean await(BooleanSupplier condition, long deadline) {
        return Recorder.await(signal, condition, deadline, recorder.title());
    }

    /** Wakes those who wait on this exchange or on the recording, to try their conditions again. */
    public void changed() {
        signal.changed();
        recorder.changed();
    }

    /** Says that somebody receives from now on: unread input is kept for them whatever the recording's limit. */
    public void hold() {
        update(input::hold);
    }

    /** Lets the exchange be seen in the recording, which shows exchanges in the order of this; once is enough. */
    public void publish() {
        if (published.compareAndSet(false, true)) {
            recorder.publish(this);
        }
    }

    /**
     * Records bytes from the client; on datagrams, one datagram.
     *
     * @param data the bytes between position and limit, which are taken
     */
    public void received(ByteBuffer data) {
        received(data, "", null);
    }

    /**
     * Records bytes from the client, with more about them.
     *
     * @param data the bytes between position and limit, which are taken
     * @param remark shown beside them; may be empty
     * @param source of a datagram: who sent it, for {@link #source}
     */
    public void received(ByteBuffer data, String remark, @Nullable SocketAddress source) {
        lock.lock();
        try {
            int count = data.remaining();
            long offset = input.length();
            log.reserve(Event.Kind.RECEIVED, count, remark);
            input.add(data, count, source, !log.isComplete());
            log.add(Event.Kind.RECEIVED, offset, count, remark);
            input.announce();
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Sends what the socket takes now, and records just that.
     *
     * @param data what to send; its position moves past what was taken
     * @param socket takes it
     * @throws IOException if the system refuses; nothing is recorded then
     */
    public void send(ByteBuffer data, IoWrite socket) throws IOException {
        lock.lock();
        try {
            ByteBuffer view = data.duplicate();
            boolean empty = !data.hasRemaining();
            socket.write(data);
            int count = data.position() - view.position();
            if (count == 0 && !empty) {
                return;
            }
            log.sent(view, count);
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Does something to the wire and records it, as one.
     *
     * @param kind what it is
     * @param detail in words
     * @param action does it
     * @throws IOException if the system refuses; nothing is recorded then
     */
    public void during(Event.Kind kind, String detail, IoAction action) throws IOException {
        lock.lock();
        try {
            action.run();
            log.note(kind, detail);
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Records an event.
     *
     * @param kind what was seen
     * @param detail in words, shown in dialogues
     */
    public void event(Event.Kind kind, String detail) {
        update(() -> log.event(kind, detail));
        changed();
    }

    /** Records that TLS is established. */
    public void established(Handshake outcome) {
        client.established(outcome);
        event(Event.Kind.TLS_ESTABLISHED, "TLS established: " + outcome);
    }

    /** Records that TLS has failed. */
    public void failed(TlsFailure failure) {
        client.failed(failure);
        event(Event.Kind.TLS_FAILED, "TLS failed: " + failure);
    }

    /** Why TLS has failed, if it has. */
    public Optional<TlsFailure> tlsFailure() {
        return client.tlsFailure();
    }

    /**
     * Notes who the client is, where the system tells; before the exchange is {@linkplain #publish() published}.
     *
     * @param known its user and group, or nothing
     */
    public void credentials(@Nullable ClientCredentials known) {
        client.credentials(known);
    }

    ClientDetails client() {
        return client;
    }

    /**
     * Takes back what was recorded as received and is not: the beginning of a handshake, which came before anyone knew
     * that it was one.
     *
     * @param from offset of its first byte; what stands before it was received
     * @return the bytes
     */
    public byte[] takeBack(long from) {
        lock.lock();
        try {
            byte[] taken = input.takeBack(from);
            if (taken.length > 0) {
                log.takeBack(from);
                input.announce();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The detail of the first event of a kind, if there is one. */
    public Optional<String> detail(Event.Kind kind) {
        return has(kind) ? snapshot().first(kind).map(EventLog.Entry::detail) : Optional.empty();
    }

    /** Whether an event of this kind was recorded. */
    public boolean has(Event.Kind kind) {
        return locked(() -> state.has(kind));
    }

    /** Whether nothing more comes from the client: its FIN or RST came, or the server closed or reset the connection. */
    public boolean inputEnded() {
        return state.inputEnded();
    }

    /** Says that the server has let the connection go: from now on nothing is received, not even what comes late. */
    public void released() {
        update(state::release);
        changed();
    }

    /** Whether nothing more is recorded as received. */
    boolean isOver() {
        return recorder.isEnded() || locked(state::isOver);
    }

    /** The number of bytes that nobody has received yet. */
    public long unread() {
        return locked(input::unread);
    }

    /** How much has come, read or not: bytes of a stream, or datagrams. */
    public long arrived() {
        return input.arrived();
    }

    /**
     * Notes that the last bytes that were sent are a frame, with a message in it.
     *
     * @param size how many bytes the frame has
     * @param contentAt where in it the message begins
     * @param length how long the message is
     */
    public void sentFrame(int size, int contentAt, int length) {
        update(() -> log.sentFrame(size, contentAt, length));
    }

    /** Notes that received bytes are a frame, as {@link #sentFrame} does. */
    public void receivedFrame(long from, int size, int contentAt, int length) {
        update(() -> log.receivedFrame(from, size, contentAt, length));
    }

    /**
     * Says that what was received is unread again.
     *
     * @param from offset of its first byte
     */
    public void putBack(long from) {
        update(() -> log.putBack(from));
    }

    /** When the client connected, as {@link System#nanoTime()} tells time. */
    public long openedAt() {
        return recorder.origin() + snapshot().entry(0).at();
    }

    /**
     * When something came from the client.
     *
     * @param position offset of a byte; on datagrams, the number of one, from 0
     * @return as {@link System#nanoTime()} tells time; now, if it has not come
     */
    public long arrivalOf(long position) {
        return snapshot()
                .arrival(position)
                .map(entry -> recorder.origin() + entry.at())
                .orElseGet(System::nanoTime);
    }

    /** A copy of a datagram, not before the last {@linkplain #consume consumed} one; nothing beyond the recording's limit. */
    public Optional<byte[]> datagram(long number) {
        return locked(() -> input.datagram(number));
    }

    /** The offset after a datagram's last byte; as {@link #datagram}, and 0 for the number -1. */
    public long datagramEnd(long number) {
        return locked(() -> input.datagramEnd(number));
    }

    /** Who sent a datagram, if that was given when it was received; as {@link #datagram}. */
    public Optional<SocketAddress> source(long number) {
        return locked(() -> input.source(number));
    }

    /** A copy of the bytes between two offsets; nothing beyond the recording's limit. */
    public Optional<byte[]> received(long from, long to) {
        return locked(() -> input.range(from, to));
    }

    /** The offset of the first such byte at or after {@code from}, which lies within unread input; or -1. */
    public long indexOf(byte wanted, long from) {
        return locked(() -> input.indexOf(wanted, from));
    }

    /**
     * Says that what stands before {@code position} was received; beyond the recording's limit it is dropped.
     *
     * @param position bytes of a stream, or datagrams
     */
    public void consume(long position) {
        update(() -> input.consume(position));
    }

    int index() {
        return index;
    }

    boolean isDatagrams() {
        return datagrams;
    }

    boolean isComplete() {
        return log.isComplete();
    }

    Bytes receivedBytes() {
        return locked(log::receivedBytes);
    }

    Bytes sentBytes() {
        return locked(log::sentBytes);
    }

    /** All that was recorded until now, shared and not copied. */
    Snapshot snapshot() {
        return locked(log::snapshot);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private void update(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
