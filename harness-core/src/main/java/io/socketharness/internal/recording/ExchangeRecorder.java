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
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of an {@link Exchange}, and the place where its unread input waits: what was received is held once.
 *
 * <p>What the server does to the wire is done under the exchange's lock together with its recording ({@link #send},
 * {@link #during}), so that nobody can see an effect on the client before it stands in the recording.
 */
public final class ExchangeRecorder {

    /** Something done to a socket. */
    @FunctionalInterface
    public interface IoAction {
        /**
         * Does it.
         *
         * @throws IOException if the system refuses
         */
        void run() throws IOException;
    }

    /** Hands bytes to a socket without waiting. */
    @FunctionalInterface
    public interface IoWrite {
        /**
         * Writes what the socket takes now and moves the buffer's position past it.
         *
         * @param data the bytes to send
         * @throws IOException if the system refuses
         */
        void write(ByteBuffer data) throws IOException;
    }

    private static final Set<Event.Kind> ENDS = EnumSet.of(
            Event.Kind.HALF_CLOSED_BY_CLIENT,
            Event.Kind.RESET_BY_CLIENT,
            Event.Kind.TLS_FAILED,
            Event.Kind.CLOSED,
            Event.Kind.RESET_BY_SERVER);

    /** Of these there may be any number. */
    private static final Set<Event.Kind> REPEATED = EnumSet.of(Event.Kind.NOT_SENT, Event.Kind.DISCARDED);

    private final Recorder recorder;
    private final int index;
    private final @Nullable SocketAddress client;
    private final String clientName;
    private final boolean datagrams;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteLog received = new ByteLog();
    private final ByteLog sent = new ByteLog();
    private final EventLog events;
    private final Set<Event.Kind> seen = EnumSet.noneOf(Event.Kind.class);
    private final Exchange exchange = new RecordedExchange(this);
    private final Signal signal = new Signal();
    private final AtomicBoolean published = new AtomicBoolean();
    /** Written under the lock; read without it by those who wait for input. */
    private volatile long arrived;

    private volatile boolean inputEnded;
    private final Datagrams numbered = new Datagrams();
    private long consumed;
    private boolean held;
    /** From here on bytes are not kept, and what is sent and received has no event of its own. */
    private volatile boolean limited;

    private boolean released;
    private volatile @Nullable Handshake handshake;
    private volatile @Nullable TlsFailure tlsFailure;
    private volatile @Nullable ClientCredentials credentials;

    ExchangeRecorder(
            Recorder recorder, int index, @Nullable SocketAddress client, String clientName, boolean datagrams) {
        this.recorder = recorder;
        this.index = index;
        this.client = client;
        this.clientName = clientName;
        this.datagrams = datagrams;
        this.events = new EventLog(datagrams);
        note(Event.Kind.OPENED, "opened by " + clientName);
    }

    /**
     * Finds the writing side of an exchange.
     *
     * @param exchange as tests read it
     * @return what writes it
     */
    public static ExchangeRecorder of(Exchange exchange) {
        return ((RecordedExchange) exchange).recorder();
    }

    /**
     * What was recorded, as tests read it.
     *
     * @return always the same object
     */
    public Exchange exchange() {
        return exchange;
    }

    /**
     * The recording that this exchange is part of.
     *
     * @return its writing side
     */
    public Recorder recorder() {
        return recorder;
    }

    /**
     * The time, as events have it.
     *
     * @return since the {@linkplain Recorder#origin() origin}
     */
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
        update(() -> held = true);
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
            long offset = received.length();
            keep(Event.Kind.RECEIVED, count, remark);
            if (limited && !held) {
                received.skip(count);
                numbered.skip(received.length());
                data.position(data.limit());
            } else {
                received.append(data, count);
                if (datagrams) {
                    numbered.add(received.length(), source);
                }
            }
            add(Event.Kind.RECEIVED, offset, count, remark);
            arrived = datagrams ? numbered.count() : received.length();
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
            long offset = sent.length();
            keep(Event.Kind.SENT, count, "");
            if (limited) {
                sent.skip(count);
            } else {
                sent.append(view, count);
            }
            add(Event.Kind.SENT, offset, count, "");
        } finally {
            lock.unlock();
        }
        changed();
    }

    /** Sees whether the recording has room for these bytes and their event. */
    private void keep(Event.Kind kind, int count, String remark) {
        if (limited) {
            return;
        }
        if (!events.joins(kind, count) && !recorder.keepEvent(remark)) {
            limit(recorder.eventLimit() + " bytes for events, " + EventLog.COST + " each,");
        } else if (!recorder.keep(count)) {
            limit(recorder.limit() + " bytes");
        }
    }

    private void limit(String words) {
        limited = true;
        received.limit();
        sent.limit();
        note(
                Event.Kind.LIMIT_REACHED,
                "recording limit of " + words + " reached: received bytes from " + received.complete()
                        + " on and sent bytes from " + sent.complete() + " on are not kept");
    }

    private void add(Event.Kind kind, long offset, int count, String remark) {
        seen.add(kind);
        long now = recorder.now();
        if (limited) {
            events.addNotKept(now, kind, offset, count);
        } else if (events.joins(kind, count)) {
            events.join(now, count);
        } else {
            events.add(now, kind, offset, count, remark);
        }
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
            note(kind, detail);
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
        update(() -> {
            if (!REPEATED.contains(kind) || recorder.keepEvent(detail)) {
                note(kind, detail);
            } else if (!limited) {
                limit(recorder.eventLimit() + " bytes for events, " + EventLog.COST + " each,");
            }
        });
        changed();
    }

    /**
     * Records that TLS is established.
     *
     * @param outcome what was agreed on
     */
    public void established(Handshake outcome) {
        handshake = outcome;
        event(Event.Kind.TLS_ESTABLISHED, "TLS established: " + outcome);
    }

    /**
     * Records that TLS has failed.
     *
     * @param failure why
     */
    public void failed(TlsFailure failure) {
        tlsFailure = failure;
        event(Event.Kind.TLS_FAILED, "TLS failed: " + failure);
    }

    /**
     * Why TLS has failed.
     *
     * @return nothing if it has not
     */
    public Optional<TlsFailure> tlsFailure() {
        return Optional.ofNullable(tlsFailure);
    }

    /**
     * Notes who the client is, where the system tells; before the exchange is {@linkplain #publish() published}.
     *
     * @param client its user and group, or nothing
     */
    public void credentials(@Nullable ClientCredentials client) {
        credentials = client;
    }

    Optional<ClientCredentials> credentials() {
        return Optional.ofNullable(credentials);
    }

    Optional<Handshake> handshake() {
        return Optional.ofNullable(handshake);
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
            if (received.length() == from || !received.has(from, received.length())) {
                return new byte[0];
            }
            byte[] bytes = received.copy(from, received.length());
            received.truncate(from);
            events.takeBack(from);
            arrived = received.length();
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The words of the first event of a kind.
     *
     * @param kind what to look for
     * @return its detail, if there is such an event
     */
    public Optional<String> detail(Event.Kind kind) {
        return has(kind) ? snapshot().first(kind).map(EventLog.Entry::detail) : Optional.empty();
    }

    private void note(Event.Kind kind, String detail) {
        seen.add(kind);
        if (ENDS.contains(kind)) {
            inputEnded = true;
        }
        events.add(recorder.now(), kind, 0, 0, detail);
    }

    /**
     * Tells whether an event of this kind was recorded.
     *
     * @param kind what to look for
     * @return whether it was seen
     */
    public boolean has(Event.Kind kind) {
        return locked(() -> seen.contains(kind));
    }

    /**
     * Tells whether nothing more comes from the client: its FIN or RST came, or the server closed or reset the
     * connection.
     *
     * @return whether the input has ended
     */
    public boolean inputEnded() {
        return inputEnded;
    }

    /** Says that the server has let the connection go: from now on nothing is received, not even what comes late. */
    public void released() {
        update(() -> released = true);
        changed();
    }

    /** Whether nothing more is recorded as received. A server that closes a connection takes in for a while what still comes. */
    boolean isOver() {
        return recorder.isEnded()
                || locked(() -> released
                        || datagrams && seen.contains(Event.Kind.TLS_FAILED)
                        || seen.contains(Event.Kind.HALF_CLOSED_BY_CLIENT)
                        || seen.contains(Event.Kind.RESET_BY_CLIENT));
    }

    /**
     * How many bytes nobody has received yet.
     *
     * @return what came less what was consumed
     */
    public long unread() {
        return locked(() -> received.length() - consumed);
    }

    /**
     * How much has come: bytes of a stream, or datagrams.
     *
     * @return the number, read or not
     */
    public long arrived() {
        return arrived;
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

    /**
     * A datagram that was received.
     *
     * @param number from 0; not before the last that was {@linkplain #consume consumed}
     * @return a copy, or nothing beyond the recording's limit
     */
    public Optional<byte[]> datagram(long number) {
        return locked(() ->
                numbered.has(number) ? received(numbered.end(number - 1), numbered.end(number)) : Optional.empty());
    }

    /**
     * Where a datagram ends in the bytes received.
     *
     * @param number from 0, and not before the last that was {@linkplain #consume consumed}; -1 gives 0
     * @return the offset after its last byte
     */
    public long datagramEnd(long number) {
        return locked(() -> numbered.end(number));
    }

    /**
     * Who sent a datagram, as it was told when it was received.
     *
     * @param number from 0, and not before the last that was {@linkplain #consume consumed}
     * @return its source, if it was told
     */
    public Optional<SocketAddress> source(long number) {
        return locked(() -> Optional.ofNullable(numbered.source(number)));
    }

    /**
     * Bytes that were received, if they are kept.
     *
     * @param from offset of the first
     * @param to offset after the last
     * @return a copy, or nothing beyond the recording's limit
     */
    public Optional<byte[]> received(long from, long to) {
        return locked(() -> received.has(from, to) ? Optional.of(received.copy(from, to)) : Optional.empty());
    }

    /**
     * Where {@code wanted} first stands in what was received, at or after {@code from}.
     *
     * @param wanted the byte to look for
     * @param from offset to begin at, within unread input
     * @return its offset, or -1
     */
    public long indexOf(byte wanted, long from) {
        return locked(() -> received.indexOf(wanted, from));
    }

    /**
     * Says that what stands before {@code position} was received; beyond the recording's limit it is dropped.
     *
     * @param position bytes of a stream, or datagrams
     */
    public void consume(long position) {
        update(() -> {
            long bytes = position;
            if (datagrams) {
                bytes = numbered.end(position - 1);
                numbered.discard(position - 1);
            }
            if (bytes > consumed) {
                consumed = bytes;
                received.discard(bytes);
            }
        });
    }

    int index() {
        return index;
    }

    @Nullable
    SocketAddress client() {
        return client;
    }

    String clientName() {
        return clientName;
    }

    boolean isDatagrams() {
        return datagrams;
    }

    boolean isComplete() {
        return !limited;
    }

    Bytes receivedBytes() {
        return locked(received::kept);
    }

    Bytes sentBytes() {
        return locked(sent::kept);
    }

    /** All that was recorded until now, shared and not copied. */
    Snapshot snapshot() {
        return locked(() -> new Snapshot(events.view(), received.kept(), sent.kept(), datagrams));
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
