package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
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
 * Records an exchange, and gives a script the input it has not read yet. Its lock guards the parts of an exchange: the
 * {@linkplain ReceivedInput input}, the {@linkplain ExchangeLog log} and the {@linkplain ExchangeState state}.
 *
 * <p>An operation on the socket and its recording are done together under the lock ({@link #send}, {@link #during}). So
 * an effect is never visible to the client before it is recorded.
 */
public final class ExchangeRecorder {

    /** The detail of {@link Event.Kind#CLOSED} if the server closed at once, without reading on. */
    public static final String CLOSED_NOW = Event.Kind.CLOSED + " at once";

    private final Recorder recorder;
    private final int index;
    private final boolean datagrams;
    private final ClientDetails client;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReceivedInput input;
    private final ExchangeState state;
    private final ExchangeLog log;
    private final FrameRecorder frames;
    private final StepLog steps;
    private final NetworkEffects effects;
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
        this.log = new ExchangeLog(recorder, index, datagrams, state, received);
        this.frames = new FrameRecorder(log, lock);
        this.steps = new StepLog(recorder, log, lock);
        this.effects = new NetworkEffects(log, lock);
        log.note(Event.Kind.OPENED, "opened by " + clientName);
    }

    /** Returns the recorder of an exchange. */
    public static ExchangeRecorder of(Exchange exchange) {
        return ((RecordedExchange) exchange).recorder();
    }

    /** Returns the exchange that tests read; always the same object. */
    public Exchange exchange() {
        return exchange;
    }

    /** Returns the recorder of the server. */
    public Recorder recorder() {
        return recorder;
    }

    /** Returns the time since the {@linkplain Recorder#origin() origin}, as in events. */
    public Duration elapsed() {
        return Duration.ofNanos(recorder.now());
    }

    /**
     * Waits until {@code condition} is true. It is evaluated at each change of this exchange, never in between.
     *
     * @param condition the condition; must not block
     * @param deadline the end of the wait, see {@link System#nanoTime()}; {@link Long#MAX_VALUE} for no limit
     * @return whether the condition became true
     * @throws CancellationException if the thread is interrupted; its interrupt status stays set
     */
    public boolean await(BooleanSupplier condition, long deadline) {
        return Recorder.await(signal, condition, deadline, recorder.title());
    }

    /** Makes threads that wait on this exchange or on the recording evaluate their conditions again. */
    public void changed() {
        signal.changed();
        recorder.changed();
    }

    /** Notes that a thread receives from now on, so that unread input is kept regardless of the recording's limit. */
    public void hold() {
        update(input::hold);
    }

    /** Ends one {@link #hold}. */
    public void letGo() {
        update(input::letGo);
    }

    /**
     * Makes the exchange visible in the recording, which lists exchanges in the order of these calls. Only the first
     * call has an effect.
     */
    public void publish() {
        if (published.compareAndSet(false, true)) {
            recorder.publish(this);
        }
    }

    /**
     * Records bytes from the client; on datagrams, one datagram.
     *
     * @param data the bytes between position and limit; the position advances
     */
    public void received(ByteBuffer data) {
        received(data, "", null);
    }

    /**
     * Records bytes from the client with a remark.
     *
     * @param data the bytes between position and limit; the position advances
     * @param remark shown with the bytes; may be empty
     * @param source the sender of a datagram, for {@link #source}; or null
     */
    public void received(ByteBuffer data, String remark, @Nullable SocketAddress source) {
        update(() -> {
            int count = data.remaining();
            long offset = input.length();
            long at = recorder.now();
            log.observe(at, Event.Kind.RECEIVED, data, count, remark);
            log.reserve(at, Event.Kind.RECEIVED, count, remark);
            input.add(data, count, source, !log.isComplete());
            log.add(at, Event.Kind.RECEIVED, offset, count, remark);
            input.announce();
        });
        changed();
    }

    /**
     * Sends as much as the socket accepts now, and records exactly that.
     *
     * @param data the bytes; the position advances by what was accepted
     * @param socket writes the bytes
     * @throws IOException if the system refuses; then nothing is recorded
     */
    public void send(ByteBuffer data, IoWrite socket) throws IOException {
        send(data, "", socket);
    }

    /** Sends and records, with a remark that dialogues show. */
    public void send(ByteBuffer data, String remark, IoWrite socket) throws IOException {
        lock.lock();
        try {
            ByteBuffer view = data.duplicate();
            boolean empty = !data.hasRemaining();
            // before the client can react: the times of its servers have the order of causes and effects
            long at = recorder.now();
            socket.write(data);
            int count = data.position() - view.position();
            if (count == 0 && !empty) {
                return;
            }
            log.sent(at, view, count, remark);
        } finally {
            lock.unlock();
        }
        changed();
    }

    /**
     * Runs an operation on the connection and records it, atomically.
     *
     * @param kind the kind of the event
     * @param detail the detail of the event
     * @param action the operation
     * @throws IOException if the system refuses; then nothing is recorded
     */
    public void during(Event.Kind kind, String detail, IoAction action) throws IOException {
        lock.lock();
        try {
            long at = recorder.now();
            action.run();
            log.note(at, kind, detail);
        } finally {
            lock.unlock();
        }
        changed();
    }

    /** Records an event. Dialogues show its detail. */
    public void event(Event.Kind kind, String detail) {
        update(() -> log.event(kind, detail));
        changed();
    }

    /** Records what the simulated network does. */
    public void network(String what) {
        event(Event.Kind.NETWORK, Event.Kind.NETWORK + ": " + what);
    }

    /** Records what the simulated network does to data. */
    public void network(String what, NetworkEffects.Data data) {
        effects.add(what, data);
        changed();
    }

    /** Returns what the simulated network has done to data. */
    public NetworkEffects effects() {
        return effects;
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

    /** Returns the client. */
    public ClientDetails client() {
        return client;
    }

    /**
     * Removes input that was recorded as received but belongs to a TLS handshake, which was not yet recognized.
     *
     * @param from the offset of the first byte to remove
     * @return the removed bytes
     */
    public byte[] takeBack(long from) {
        return locked(() -> {
            byte[] taken = input.takeBack(from);
            if (taken.length > 0) {
                log.takeBack(from, taken.length);
                input.announce();
            }
            return taken;
        });
    }

    /** Returns the detail of the first event of a kind, if there is one. */
    public Optional<String> detail(Event.Kind kind) {
        return has(kind) ? snapshot().first(kind).map(EventLog.Entry::detail) : Optional.empty();
    }

    /** Returns whether an event of this kind was recorded. */
    public boolean has(Event.Kind kind) {
        return locked(() -> state.has(kind));
    }

    /**
     * Returns whether no more input can arrive: the client's FIN or RST arrived, or the server closed or reset the
     * connection.
     */
    public boolean inputEnded() {
        return state.inputEnded();
    }

    /** Notes that the server has released the connection: from now on no input is received, not even late input. */
    public void released() {
        update(state::release);
        changed();
    }

    /** Returns whether no more input is recorded. */
    boolean isOver() {
        return recorder.isEnded() || locked(state::isOver);
    }

    /** Returns the number of bytes that were not received by a script yet. */
    public long unread() {
        return locked(input::unread);
    }

    /** Returns the amount of input so far, read or not: bytes of a stream, or datagrams. */
    public long arrived() {
        return input.arrived();
    }

    /** Returns the recorder of the frames of messages. */
    public FrameRecorder frames() {
        return frames;
    }

    /** Returns the log of the script's steps. */
    public StepLog stepLog() {
        return steps;
    }

    /**
     * Says that what was received is unread again.
     *
     * @param from offset of its first byte
     */
    public void putBack(long from) {
        update(() -> log.putBack(from));
    }

    /** Returns the time when the client connected, see {@link System#nanoTime()}. */
    public long openedAt() {
        return recorder.origin() + snapshot().entry(0).at();
    }

    /**
     * Returns the time when input arrived.
     *
     * @param position the offset of a byte; on datagrams, the number of a datagram, from 0
     * @return the time, see {@link System#nanoTime()}; the current time if it has not arrived
     */
    public long arrivalOf(long position) {
        return snapshot()
                .arrival(position)
                .map(entry -> recorder.origin() + entry.at())
                .orElseGet(System::nanoTime);
    }

    /**
     * Returns a copy of a datagram, which is not before the last {@linkplain #consume consumed} one; empty beyond the
     * recording's limit.
     */
    public Optional<byte[]> datagram(long number) {
        return locked(() -> input.datagram(number));
    }

    /** Returns the offset after a datagram's last byte, as for {@link #datagram}; 0 for the number -1. */
    public long datagramEnd(long number) {
        return locked(() -> input.datagramEnd(number));
    }

    /** Returns the sender of a datagram, as for {@link #datagram}, if it was recorded. */
    public Optional<SocketAddress> source(long number) {
        return locked(() -> input.source(number));
    }

    /** Returns a copy of the bytes between two offsets; empty beyond the recording's limit. */
    public Optional<byte[]> received(long from, long to) {
        return locked(() -> input.range(from, to));
    }

    /** Returns the offset of the first such byte at or after {@code from}, which is within unread input; or -1. */
    public long indexOf(byte wanted, long from) {
        return locked(() -> input.indexOf(wanted, from));
    }

    /** Notes that so many bytes or datagrams were received. Beyond the recording's limit they are dropped. */
    public void consume(long position) {
        update(() -> input.consume(position));
    }

    int index() {
        return index;
    }

    /**
     * What an exchange counts under the limits of the recording.
     *
     * @param bytes that are kept
     * @param events for them
     * @param steps for its steps
     */
    record Kept(long bytes, long events, long steps) {}

    /** Returns what the exchange counts under the limits. */
    Kept kept() {
        return locked(() -> new Kept(
                (long) log.receivedBytes().size() + log.sentBytes().size(), log.keptForEvents(), steps.keptForSteps()));
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

    /** Returns everything recorded so far, shared and not copied. */
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
