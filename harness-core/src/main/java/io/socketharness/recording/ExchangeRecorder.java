package io.socketharness.recording;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
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

    private final Recorder recorder;
    private final int index;
    private final @Nullable SocketAddress peer;
    private final String peerName;
    private final boolean datagrams;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteLog received = new ByteLog();
    private final ByteLog sent = new ByteLog();
    private final EventLog events;
    private final Set<Event.Kind> seen = EnumSet.noneOf(Event.Kind.class);
    private final Exchange exchange = new Exchange(this);
    private final Signal signal = new Signal();
    /** Written under the lock; read without it by those who wait for input. */
    private volatile long arrived;

    private volatile boolean inputEnded;
    private long[] datagramEnds = new long[4];
    private int datagramCount;
    private long consumed;
    private boolean held;
    private boolean limited;
    private boolean released;
    private volatile @Nullable Handshake handshake;
    private volatile @Nullable PeerCredentials credentials;

    ExchangeRecorder(Recorder recorder, int index, @Nullable SocketAddress peer, String peerName, boolean datagrams) {
        this.recorder = recorder;
        this.index = index;
        this.peer = peer;
        this.peerName = peerName;
        this.datagrams = datagrams;
        this.events = new EventLog(datagrams);
        note(Event.Kind.OPENED, "opened by " + peerName);
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

    /** Lets the exchange be seen in the recording, which shows exchanges in the order of this. */
    public void publish() {
        recorder.publish(this);
    }

    /**
     * Records bytes from the client; on datagrams, one datagram.
     *
     * @param data the bytes between position and limit, which are taken
     */
    public void received(ByteBuffer data) {
        received(data, "");
    }

    /**
     * Records bytes from the client, with a remark.
     *
     * @param data the bytes between position and limit, which are taken
     * @param remark shown beside them; may be empty
     */
    public void received(ByteBuffer data, String remark) {
        lock.lock();
        try {
            int count = data.remaining();
            long offset = received.length();
            boolean wasLimited = limited;
            limited = limited || !recorder.keep(count);
            if (limited && !received.isLimited()) {
                received.limit(held ? consumed : offset);
                sent.limit(sent.length());
            }
            if (limited && !held) {
                received.skip(count);
                data.position(data.limit());
            } else {
                received.append(data, count);
            }
            noteLimit(wasLimited, received.complete());
            seen.add(Event.Kind.RECEIVED);
            events.add(new EventLog.Entry(recorder.now(), Event.Kind.RECEIVED, offset, count, remark));
            if (datagrams) {
                datagramEnds = datagramCount == datagramEnds.length
                        ? Arrays.copyOf(datagramEnds, datagramCount * 2)
                        : datagramEnds;
                datagramEnds[datagramCount++] = received.length();
            }
            arrived = datagrams ? datagramCount : received.length();
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
            boolean wasLimited = limited;
            limited = limited || !recorder.keep(count);
            if (limited && !sent.isLimited()) {
                received.limit(held ? consumed : received.length());
                sent.limit(offset);
            }
            if (limited) {
                sent.skip(count);
            } else {
                sent.append(view, count);
            }
            noteLimit(wasLimited, received.complete());
            seen.add(Event.Kind.SENT);
            events.add(new EventLog.Entry(recorder.now(), Event.Kind.SENT, offset, count, ""));
        } finally {
            lock.unlock();
        }
        changed();
    }

    private void noteLimit(boolean wasLimited, long keptBytes) {
        if (limited && !wasLimited) {
            note(
                    Event.Kind.LIMIT_REACHED,
                    "recording limit of " + recorder.limit() + " bytes reached: received bytes from " + keptBytes
                            + " on and sent bytes from " + sent.complete() + " on are not kept");
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
        update(() -> note(kind, detail));
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
     * Notes who the client is, where the system tells; before the exchange is {@linkplain #publish() published}.
     *
     * @param client its user and group, or nothing
     */
    public void credentials(@Nullable PeerCredentials client) {
        credentials = client;
    }

    Optional<PeerCredentials> credentials() {
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
        return locked(() -> events.snapshot().stream()
                .filter(entry -> entry.kind() == kind)
                .map(EventLog.Entry::detail)
                .findFirst());
    }

    private void note(Event.Kind kind, String detail) {
        seen.add(kind);
        if (ENDS.contains(kind)) {
            inputEnded = true;
        }
        events.add(new EventLog.Entry(recorder.now(), kind, 0, 0, detail));
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
        return locked(() -> {
            long datagram = 0;
            for (EventLog.Entry entry : events.snapshot()) {
                if (entry.kind() == Event.Kind.RECEIVED
                        && (datagrams ? datagram++ == position : entry.offset() + entry.length() > position)) {
                    return recorder.origin() + entry.at();
                }
            }
            return System.nanoTime();
        });
    }

    /**
     * Where a datagram ends in the bytes received.
     *
     * @param datagram from 0; -1 gives 0
     * @return the offset after its last byte
     */
    public long datagramEnd(int datagram) {
        return locked(() -> datagram < 0 ? 0 : datagramEnds[datagram]);
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
     * @param position offset after the last byte that was received
     */
    public void consume(long position) {
        update(() -> {
            if (position > consumed) {
                consumed = position;
                received.discard(position);
            }
        });
    }

    int index() {
        return index;
    }

    @Nullable
    SocketAddress peer() {
        return peer;
    }

    String peerName() {
        return peerName;
    }

    boolean isDatagrams() {
        return datagrams;
    }

    boolean isComplete() {
        return locked(() -> received.complete() == received.length() && sent.complete() == sent.length());
    }

    Bytes receivedBytes() {
        return locked(() -> Bytes.wrap(received.copy(0, received.complete())));
    }

    Bytes sentBytes() {
        return locked(() -> Bytes.wrap(sent.copy(0, sent.complete())));
    }

    List<Event> events() {
        return locked(() -> events.snapshot().stream().map(this::event).toList());
    }

    private Event event(EventLog.Entry entry) {
        Bytes bytes = Bytes.of();
        String detail = entry.detail();
        if (entry.length() > 0) {
            ByteLog log = entry.kind() == Event.Kind.SENT ? sent : received;
            long end = entry.offset() + entry.length();
            if (log.has(entry.offset(), end)) {
                bytes = Bytes.wrap(log.copy(entry.offset(), end));
            } else {
                detail = entry.length() + " bytes, not kept";
            }
        }
        return new Event(Duration.ofNanos(entry.at()), entry.kind(), bytes, detail);
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
