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
 * <p>Actions on the socket run under the lock together with their recording ({@link #send}, {@link #during}), so that a
 * client cannot see an effect before it is recorded.
 */
public final class ExchangeRecorder {

    /** An action on a socket. */
    @FunctionalInterface
    public interface IoAction {
        /** Runs the action; throws if the system refuses it. */
        void run() throws IOException;
    }

    /** Passes bytes to a socket without waiting. */
    @FunctionalInterface
    public interface IoWrite {
        /** Writes as much as the socket accepts now, and moves the buffer's position past it. */
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

    /** The recorded exchange, as tests read it; always the same object. */
    public Exchange exchange() {
        return exchange;
    }

    /** The recording of this exchange. */
    public Recorder recorder() {
        return recorder;
    }

    /** The time in terms of events: since the {@linkplain Recorder#origin() origin}. */
    public Duration elapsed() {
        return Duration.ofNanos(recorder.now());
    }

    /**
     * Waits until {@code condition} holds. It is evaluated after each change of this exchange.
     *
     * @param condition must not block
     * @param deadline in terms of {@link System#nanoTime()}; {@link Long#MAX_VALUE} for no limit
     * @return whether it holds
     * @throws CancellationException if the thread is interrupted; the interrupt status is kept
     */
    public boolean await(BooleanSupplier condition, long deadline) {
        return Recorder.await(signal, condition, deadline, recorder.title());
    }

    /**
     * Wakes the threads that wait on this exchange or on the recording, so that they evaluate their conditions again.
     */
    public void changed() {
        signal.changed();
        recorder.changed();
    }

    /** Announces a reader: from now on unread input is kept regardless of the recording's limit. */
    public void hold() {
        update(input::hold);
    }

    /** Makes the exchange visible in the recording, in the order of these calls. Later calls have no effect. */
    public void publish() {
        if (published.compareAndSet(false, true)) {
            recorder.publish(this);
        }
    }

    /**
     * Records bytes from the client; on datagrams, one datagram.
     *
     * @param data the bytes between position and limit, which are consumed
     */
    public void received(ByteBuffer data) {
        received(data, "", null);
    }

    /**
     * Records bytes from the client, with details.
     *
     * @param data the bytes between position and limit, which are consumed
     * @param remark shown beside them; may be empty
     * @param source of a datagram: its sender, for {@link #source}
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
     * Sends as much as the socket accepts now, and records exactly that.
     *
     * @param data what to send; its position moves past the sent bytes
     * @param socket accepts them
     * @throws IOException if the system refuses; then nothing is recorded
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
     * Runs an action on the socket and records it, atomically.
     *
     * @param kind of the event
     * @param detail in words
     * @param action to run
     * @throws IOException if the system refuses; then nothing is recorded
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
     * @param kind of the event
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

    /** The reason why TLS failed, if it did. */
    public Optional<TlsFailure> tlsFailure() {
        return client.tlsFailure();
    }

    /**
     * Records the client's credentials, if the system reports them, before the exchange is {@linkplain #publish()
     * published}.
     *
     * @param known its user and group, or null
     */
    public void credentials(@Nullable ClientCredentials known) {
        client.credentials(known);
    }

    ClientDetails client() {
        return client;
    }

    /**
     * Removes bytes that were recorded as received: the beginning of a handshake that was not known to be one.
     *
     * @param from offset of its first byte; earlier bytes remain received
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

    /** Whether no more input can arrive: the client sent FIN or RST, or the server closed or reset the connection. */
    public boolean inputEnded() {
        return state.inputEnded();
    }

    /** Notes that the server has released the connection: nothing is received any more, not even late data. */
    public void released() {
        update(state::release);
        changed();
    }

    /** Whether nothing more is recorded as received. */
    boolean isOver() {
        return recorder.isEnded() || locked(state::isOver);
    }

    /** The number of unread bytes. */
    public long unread() {
        return locked(input::unread);
    }

    /** The number of bytes of a stream, or of datagrams, that have arrived, read or not. */
    public long arrived() {
        return input.arrived();
    }

    /** When the client connected, in terms of {@link System#nanoTime()}. */
    public long openedAt() {
        return recorder.origin() + snapshot().entry(0).at();
    }

    /**
     * When input arrived.
     *
     * @param position offset of a byte; on datagrams, the number of a datagram, from 0
     * @return in terms of {@link System#nanoTime()}; now, if it has not arrived
     */
    public long arrivalOf(long position) {
        return snapshot()
                .arrival(position)
                .map(entry -> recorder.origin() + entry.at())
                .orElseGet(System::nanoTime);
    }

    /** A copy of a datagram, unless it was {@linkplain #consume consumed}; empty beyond the recording's limit. */
    public Optional<byte[]> datagram(long number) {
        return locked(() -> input.datagram(number));
    }

    /** The offset after a datagram's last byte; see {@link #datagram}; 0 for the number -1. */
    public long datagramEnd(long number) {
        return locked(() -> input.datagramEnd(number));
    }

    /** The sender of a datagram, if it was recorded; see {@link #datagram}. */
    public Optional<SocketAddress> source(long number) {
        return locked(() -> input.source(number));
    }

    /** A copy of the bytes between two offsets; empty beyond the recording's limit. */
    public Optional<byte[]> received(long from, long to) {
        return locked(() -> input.range(from, to));
    }

    /** The offset of the first such byte at or after {@code from}, which lies in unread input; -1 if there is none. */
    public long indexOf(byte wanted, long from) {
        return locked(() -> input.indexOf(wanted, from));
    }

    /**
     * Marks the input before {@code position} as read. Beyond the recording's limit it is dropped.
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

    /** All recorded data so far, shared and not copied. */
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
