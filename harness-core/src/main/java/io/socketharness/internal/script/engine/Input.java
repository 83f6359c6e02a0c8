package io.socketharness.internal.script.engine;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.EndOfInput;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The unread input of a conversation: a position in its exchange, and the wait for more. {@link InputReader} takes
 * messages from it. One thread receives; others may query the state.
 * Positions count bytes on a stream, and datagrams otherwise.
 */
final class Input {

    private static final int MOST = 1 << 20;

    private final TransportChannel transport;
    private final ExchangeRecorder recorder;
    private final boolean datagrams;
    private volatile long position;
    private volatile long start;
    private volatile long examined = -1;
    private volatile boolean waiting;
    private volatile boolean ignoring;
    private volatile int limit = MOST;
    private int depth;
    /** How long a receive waits without input before it throws {@link Idle}; null for no limit. */
    private @Nullable Duration silence;
    /** Where a part of a message begins whose receive {@link Idle} has ended, and its deadline. */
    private long resumedAt = -1;

    private long resumedDeadline;

    /** Where the first message begins and ends; the end is 0 until then. */
    private volatile long firstStart;

    private volatile long firstEnd;

    private final PendingReceive pending = new PendingReceive();
    private final InputEnd ending;

    Input(TransportChannel transport, ExchangeRecorder recorder) {
        this.transport = transport;
        this.recorder = recorder;
        this.ending = new InputEnd(recorder);
        this.datagrams = recorder.exchange().isDatagrams();
    }

    long position() {
        return position;
    }

    boolean isDatagrams() {
        return datagrams;
    }

    /** The number of bytes that network conditions hold back. */
    long held() {
        return transport.heldInput();
    }

    /** Whether the connection has or had network conditions. */
    boolean hasNetworkConditions() {
        return recorder.has(Event.Kind.NETWORK);
    }

    /** Whether the receiving thread waits, and has looked at all input. */
    boolean isIdle() {
        return ignoring || waiting && examined == recorder.arrived() && !recorder.inputEnded();
    }

    /** Whether a part of the awaited message has arrived. */
    boolean isInMessage() {
        return !ignoring && waiting && recorder.arrived() > start;
    }

    /** Whether the next receive of a datagram need not wait. If it must, it counts as waiting until the next call. */
    boolean isReady() {
        waiting = false;
        if (hasUnread() || recorder.inputEnded()) {
            return true;
        }
        start = position;
        beginWait(position);
        return false;
    }

    boolean hasUnread() {
        return recorder.arrived() > position;
    }

    /** The unread input, shortened if it is long. */
    String unread() {
        long from = datagrams ? recorder.datagramEnd((int) position - 1) : position;
        byte[] unread = recorder.received(from, from + recorder.unread()).orElse(new byte[0]);
        return shortened(Bytes.of(unread));
    }

    private static String shortened(Bytes all) {
        return all.size() > 200 ? all.slice(0, 200) + "… (" + all.size() + " bytes)" : all.toString();
    }

    /** Whether the unread input begins with the same message as the received input. */
    boolean repeatsFirstMessage() {
        long length = firstEnd - firstStart;
        if (length == 0 || recorder.unread() < length) {
            return false;
        }
        if (datagrams) {
            List<Bytes> all = recorder.exchange().receivedDatagrams();
            return position < all.size() && all.get((int) position).equals(all.get((int) firstStart));
        }
        byte[] first = recorder.received(firstStart, firstEnd).orElse(null);
        return first != null
                && Arrays.equals(
                        first, recorder.received(position, position + length).orElse(null));
    }

    /** Whether the unread input was in the same read as the input before it. */
    boolean continuesRead() {
        return position > 0 && recorder.arrivalOf(position - 1) == recorder.arrivalOf(position);
    }

    void limit(int bytes) {
        limit = bytes;
    }

    int limit() {
        return limit;
    }

    /** Whether the receiving thread is in the middle of {@link #message}. */
    boolean isReceiving() {
        return depth > 0;
    }

    /** Receives one message, which may be read in several parts. An incomplete message stays unread. */
    <T> T message(String what, PendingReceive.@Nullable Limit within, Supplier<T> read) {
        boolean outermost = depth++ == 0;
        long before = position;
        if (outermost) {
            start = position;
            pending.begin(what, within, position);
            if (resumedAt == position) {
                pending.deadline(resumedDeadline);
            }
        }
        try {
            T message = read.get();
            if (outermost) {
                consume();
                if (firstEnd == 0 && position > before) {
                    firstStart = before;
                    firstEnd = position;
                }
            }
            return message;
        } catch (Idle idle) {
            // the time limit of a message that has begun continues
            resumedAt = recorder.arrived() > before ? before : -1;
            resumedDeadline = pending.deadline();
            putBack(before);
            throw idle;
        } catch (EndOfInput | DeadlineExceeded incomplete) {
            putBack(before);
            throw incomplete;
        } finally {
            depth--;
            if (outermost) {
                start = position;
                pending.end();
            }
        }
    }

    /** Reads ahead. What {@code accept} declines stays unread. */
    boolean attempt(String what, PendingReceive.@Nullable Limit within, BooleanSupplier accept) {
        return message(what, within, () -> {
            long before = position;
            boolean accepted = accept.getAsBoolean();
            if (!accepted) {
                putBack(before);
            }
            return accepted;
        });
    }

    /**
     * Receives, unless nothing arrives for a time. Each arrival, also of a part of the message, starts the time again.
     *
     * @throws Idle if nothing arrives for that long
     */
    <T> T unlessIdle(Duration limit, Supplier<T> receive) {
        silence = limit;
        try {
            return receive.get();
        } finally {
            silence = null;
        }
    }

    /** Makes what was received since a position unread again. */
    void putBack(long before) {
        if (position > before) {
            position = before;
            recorder.putBack(before);
        }
    }

    static long deadline(@Nullable Duration within) {
        return within == null ? Long.MAX_VALUE : System.nanoTime() + within.toNanos();
    }

    /**
     * Discards input. On a stream only when the client ends: until then it fills the room for unread input, which
     * datagrams do not have.
     */
    void ignoreUntilEnd() {
        ignoring = true;
        recorder.changed();
        try {
            while (datagrams && !recorder.inputEnded()) {
                skipArrived();
                transport.awaitInput(position, Long.MAX_VALUE);
            }
            transport.awaitEnd();
            skipArrived();
        } finally {
            ignoring = false;
        }
    }

    /** Waits for something other than input, which is not needed any more. Meanwhile nothing is outstanding. */
    void waitWithoutInput(Runnable wait) {
        ignoring = true;
        recorder.changed();
        try {
            wait.run();
        } finally {
            ignoring = false;
        }
    }

    void skip(long bytes) {
        if (bytes > 0) {
            take(position + bytes);
            consume();
        }
    }

    void skipArrived() {
        position = recorder.arrived();
        consume();
    }

    boolean isAtEnd() {
        return recorder.inputEnded() && !hasUnread();
    }

    boolean hasEnded() {
        return recorder.inputEnded();
    }

    boolean isEndedByServer() {
        return ending.isByServer();
    }

    /** Waits until there is unread input or its end. */
    boolean atEnd() {
        long seen = position;
        while (recorder.arrived() <= seen) {
            if (recorder.inputEnded()) {
                return recorder.arrived() <= seen;
            }
            await(seen);
        }
        return false;
    }

    /** Takes input that has arrived, up to a position. */
    void take(long to) {
        position = to;
    }

    /** Waits until more has arrived than was seen. */
    void awaitMore(long seen) {
        if (recorder.arrived() > seen) {
            return;
        }
        if (!recorder.inputEnded()) {
            await(seen);
        }
        if (recorder.arrived() <= seen) {
            recorder.detail(Event.Kind.TLS_FAILED).ifPresent(reason -> {
                throw new ClientGone(reason);
            });
            transport.lackOfTls().ifPresent(reason -> {
                throw new EndOfInput(reason, 0, ending.isReset());
            });
            throw ending.of(pending, datagrams ? 0 : seen - start, partial());
        }
    }

    private void await(long seen) {
        beginWait(seen);
        try {
            long deadline = pending.deadline();
            long endOfSilence = deadline(silence);
            if (!transport.awaitInput(seen, Math.min(deadline, endOfSilence))) {
                throw endOfSilence < deadline ? new Idle() : pending.late(partial());
            }
        } finally {
            waiting = false;
        }
    }

    /** How much of the awaited message has arrived, in words; empty if nothing has. */
    String arrivedPart() {
        return pending.arrived(partial());
    }

    /** Whether the beginning of the awaited message has arrived, and its end is missing. */
    boolean isCut() {
        return pending.isCut(partial());
    }

    /** The arrived part of the awaited message, shortened if it is long. */
    String part() {
        return shortened(partial());
    }

    private Bytes partial() {
        return datagrams
                ? Bytes.of()
                : recorder.received(start, recorder.arrived()).map(Bytes::of).orElse(Bytes.of());
    }

    /** Waits for an event before the input. Meanwhile no more is outstanding than during a receive. */
    <T> T waitFor(Supplier<T> wait) {
        start = position;
        beginWait(position);
        try {
            return wait.get();
        } finally {
            waiting = false;
        }
    }

    /** The awaited message, or the last one that was received. */
    PendingReceive pending() {
        return pending;
    }

    /** What has arrived since the beginning of that message; nothing if that is more than {@code most} bytes. */
    byte[] sincePending(int most) {
        long arrived = recorder.arrived();
        return arrived - pending.start() > most
                ? new byte[0]
                : recorder.received(pending.start(), arrived).orElse(new byte[0]);
    }

    private void beginWait(long seen) {
        examined = seen;
        waiting = true;
        recorder.changed();
    }

    /** How much of the awaited message was taken. */
    long taken() {
        return position - start;
    }

    /** Requires that the client has ended its output, and no side the connection. */
    void requireCleanEnd(int taken) {
        if (ending.isReset() || ending.isByServer()) {
            throw ending.of(pending, taken, partial());
        }
    }

    /** The exception for a client that ended before something that is not a message. */
    EndOfInput end(String waitedForInstead) {
        return ending.before(waitedForInstead);
    }

    private void consume() {
        transport.received(position);
        recorder.consume(position);
    }
}
