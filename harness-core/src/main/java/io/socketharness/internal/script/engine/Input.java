package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.script.ClientGone;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.EndOfInput;
import io.socketharness.script.ExpectationFailed;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The unread input of a conversation: a place in its exchange. One thread receives; others may ask where it stands.
 * Positions count bytes on a stream and datagrams on datagrams.
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
    private volatile int limit = MOST;
    private int depth;
    private long deadline;
    private @Nullable Duration patience;
    private String waitedFor = "";
    /** How long the message is, where its beginning has told that; else 0. */
    private volatile long whole;
    /** What the message, or the part of it that is read, ends with. */
    private volatile byte @Nullable [] terminator;

    Input(TransportChannel transport, ExchangeRecorder recorder) {
        this.transport = transport;
        this.recorder = recorder;
        this.datagrams = recorder.exchange().isDatagrams();
    }

    long position() {
        return position;
    }

    boolean isDatagrams() {
        return datagrams;
    }

    /** Whether the receiving thread waits, and has looked at all that came. */
    boolean isIdle() {
        return waiting && examined == recorder.arrived() && !recorder.inputEnded();
    }

    /** Whether a part of a message has come that the receiving thread waits for. */
    boolean isInMessage() {
        return waiting && recorder.arrived() > start;
    }

    /** Whether the next receive of a datagram has no need to wait; else it counts as waiting until this is asked again. */
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

    /** Receives one message, which may be read in several parts; left where it was if it does not come whole. */
    <T> T message(String what, @Nullable Duration within, Supplier<T> read) {
        boolean outermost = depth++ == 0;
        long before = position;
        if (outermost) {
            start = position;
            waitedFor = what;
            whole = 0;
            terminator = null;
            patience = within;
            deadline = deadline(within);
        }
        try {
            T message = read.get();
            if (outermost) {
                consume();
            }
            return message;
        } catch (EndOfInput | DeadlineExceeded incomplete) {
            position = before;
            throw incomplete;
        } finally {
            depth--;
            if (outermost) {
                start = position;
            }
        }
    }

    /** Reads ahead: what {@code accept} declines stays unread. */
    boolean attempt(String what, @Nullable Duration within, BooleanSupplier accept) {
        return message(what, within, () -> {
            long before = position;
            boolean accepted = accept.getAsBoolean();
            if (!accepted) {
                position = before;
            }
            return accepted;
        });
    }

    static long deadline(@Nullable Duration within) {
        return within == null ? Long.MAX_VALUE : System.nanoTime() + within.toNanos();
    }

    byte[] line() {
        if (datagrams) {
            return datagram(Integer.MAX_VALUE);
        }
        byte[] line = until(new byte[] {'\n'});
        int length = line.length;
        return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
    }

    byte[] until(byte[] delimiter) {
        requireStream("a delimiter");
        terminator = delimiter;
        byte last = delimiter[delimiter.length - 1];
        long searched = position;
        while (true) {
            long arrived = recorder.arrived();
            long end = recorder.indexOf(last, searched);
            while (end >= 0 && !endsWith(delimiter, end + 1)) {
                end = recorder.indexOf(last, end + 1);
            }
            long length = (end < 0 ? arrived : end + 1) - position;
            if (length - delimiter.length > limit) {
                throw new ExpectationFailed("the client sent more than " + limit + " bytes without the end of "
                        + waitedFor + "; the limit can be set with messageLimit");
            }
            if (end >= 0) {
                byte[] message = copy(position, end + 1 - delimiter.length);
                position = end + 1;
                return message;
            }
            searched = arrived;
            awaitMore(arrived);
        }
    }

    private boolean endsWith(byte[] delimiter, long end) {
        if (end - delimiter.length < position) {
            return false;
        }
        return delimiter.length == 1 || Arrays.equals(copy(end - delimiter.length, end), delimiter);
    }

    byte[] exactly(int count) {
        if (datagrams) {
            return datagram(count);
        }
        if (position > start) {
            whole = position + count - start;
            terminator = null;
        }
        awaitArrived(position + count);
        byte[] bytes = copy(position, position + count);
        advance(count);
        return bytes;
    }

    /**
     * As many bytes as {@code expected} has, or fewer, ending with the first that differs and is not {@code unknown}: no
     * need to wait for more.
     */
    byte[] upToDifference(byte[] expected, BitSet unknown) {
        if (datagrams) {
            return datagram(Integer.MAX_VALUE);
        }
        while (true) {
            long arrived = recorder.arrived();
            int there = (int) Math.min(expected.length, arrived - position);
            byte[] bytes = copy(position, position + there);
            if (differs(bytes, expected, unknown) || there == expected.length) {
                advance(there);
                return bytes;
            }
            awaitMore(arrived);
        }
    }

    /** Whether one of the bytes differs from what is expected, though that is known. */
    private static boolean differs(byte[] bytes, byte[] expected, BitSet unknown) {
        int at = Arrays.mismatch(bytes, 0, bytes.length, expected, 0, bytes.length);
        while (at >= 0 && unknown.get(at)) {
            int next = unknown.nextClearBit(at);
            int more =
                    next < bytes.length ? Arrays.mismatch(bytes, next, bytes.length, expected, next, bytes.length) : -1;
            at = more < 0 ? -1 : next + more;
        }
        return at >= 0;
    }

    byte[] toEnd() {
        requireStream("the end of input");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!atEnd()) {
            byte[] some = available();
            if (all.size() + some.length > limit) {
                throw new ExpectationFailed("the client sent more than " + limit
                        + " bytes before its end; the limit can be set with messageLimit");
            }
            all.writeBytes(some);
        }
        if (isReset() || isEndedByServer()) {
            throw end(all.size());
        }
        return all.toByteArray();
    }

    /** What has come and is unread, at least one byte or datagram; waits for it. */
    byte[] some() {
        if (datagrams) {
            return datagram(Integer.MAX_VALUE);
        }
        awaitArrived(position + 1);
        return available();
    }

    private byte[] available() {
        long to = recorder.arrived();
        byte[] bytes = copy(position, to);
        position = to;
        return bytes;
    }

    byte[] datagram(int most) {
        if (!datagrams) {
            throw new UnsupportedOperationException(
                    "a datagram cannot be received on a stream, which has no messages: receive a line, a number of bytes"
                            + " or a framing");
        }
        awaitArrived(position + 1);
        byte[] datagram = recorder.datagram(position).orElseThrow(Input::gone);
        if (datagram.length > limit) {
            throw new ExpectationFailed("the client sent a datagram of more than " + limit
                    + " bytes; the limit can be set with messageLimit");
        }
        advance(1);
        return datagram.length > most ? Arrays.copyOf(datagram, most) : datagram;
    }

    /**
     * Takes what comes as read and forgotten. On a stream not before the client ends: meanwhile it fills the room for
     * unread input, which datagrams have not.
     */
    void ignoreUntilEnd() {
        while (datagrams && !recorder.inputEnded()) {
            skipArrived();
            boolean unused = transport.awaitInput(position, Long.MAX_VALUE);
        }
        transport.awaitEnd();
        skipArrived();
    }

    /** Passes over bytes that were received and concern nobody. */
    void skip(long bytes) {
        if (bytes > 0) {
            advance((int) bytes);
            consume();
        }
    }

    /** Takes what has come as read and forgotten. */
    void skipArrived() {
        position = recorder.arrived();
        consume();
    }

    /** Whether the client has ended and nothing is unread, as far as is known. */
    boolean isAtEnd() {
        return recorder.inputEnded() && !hasUnread();
    }

    /** Whether nothing more comes; there may be unread input. */
    boolean hasEnded() {
        return recorder.inputEnded();
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

    private void advance(int taken) {
        long before = position;
        position = before + taken;
    }

    private void awaitArrived(long wanted) {
        for (long arrived = recorder.arrived(); arrived < wanted; arrived = recorder.arrived()) {
            awaitMore(arrived);
        }
    }

    private void awaitMore(long seen) {
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
                throw new EndOfInput(reason, 0, isReset());
            });
            throw end(datagrams ? 0 : seen - start);
        }
    }

    private void await(long seen) {
        beginWait(seen);
        try {
            if (!transport.awaitInput(seen, deadline)) {
                throw new DeadlineExceeded(waitedFor + " did not come"
                        + (patience == null ? "" : " within " + Durations.describe(patience))
                        + come());
            }
        } finally {
            waiting = false;
        }
    }

    /** How much of the message that is waited for has come, in words; nothing if none has. */
    String come() {
        long partial = datagrams ? 0 : recorder.arrived() - start;
        if (partial == 0) {
            return "";
        }
        byte[] end = terminator;
        return "; " + partial + (partial == 1 ? " byte" : " bytes")
                + (end != null
                        ? " had come, without " + (isLineFeed(end) ? "an end of line" : Bytes.of(end))
                        : whole == 0 ? " had come" : " of " + whole + " had come");
    }

    private static boolean isLineFeed(byte[] delimiter) {
        return delimiter.length == 1 && delimiter[0] == '\n';
    }

    /** Waits for something that comes before the input: nothing is outstanding meanwhile that a receive does not wait for. */
    <T> T waitFor(Supplier<T> wait) {
        start = position;
        beginWait(position);
        try {
            return wait.get();
        } finally {
            waiting = false;
        }
    }

    private void beginWait(long seen) {
        examined = seen;
        waiting = true;
        recorder.changed();
    }

    /** What to throw where the client has ended in place of something that is no message. */
    EndOfInput end(String waitedForInstead) {
        return new EndOfInput(endBefore(waitedForInstead), 0, isReset());
    }

    private EndOfInput end(long partial) {
        return new EndOfInput(endBefore(waitedFor) + come(), partial, isReset());
    }

    private String endBefore(String message) {
        if (isReset()) {
            return "the client reset the connection while the server waited for " + message;
        }
        if (!isEndedByServer()) {
            return "the client closed the connection while the server waited for " + message;
        }
        String how = recorder.has(Event.Kind.RESET_BY_SERVER) ? "reset" : "closed";
        return message + " cannot come: the server has " + how + " the connection";
    }

    /** Whether the server's own end came first, so that the client's is not known. */
    private boolean isEndedByServer() {
        return !recorder.has(Event.Kind.HALF_CLOSED_BY_CLIENT)
                && (recorder.has(Event.Kind.CLOSED) || recorder.has(Event.Kind.RESET_BY_SERVER));
    }

    private boolean isReset() {
        return recorder.has(Event.Kind.RESET_BY_CLIENT);
    }

    private byte[] copy(long from, long to) {
        return recorder.received(from, to).orElseThrow(Input::gone);
    }

    private static ExpectationFailed gone() {
        return new ExpectationFailed(
                "what the client sent is no longer there: the recording's limit was reached before anyone received it");
    }

    private void consume() {
        recorder.consume(position);
    }

    private void requireStream(String what) {
        if (datagrams) {
            throw new UnsupportedOperationException(
                    what + " bounds messages on a stream; on datagrams each datagram is a message: receive a datagram");
        }
    }
}
