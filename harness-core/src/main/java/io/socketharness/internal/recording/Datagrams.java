package io.socketharness.internal.recording;

import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the unread datagrams and of the last read one, and their sources if needed. Guarded by the exchange's
 * lock.
 */
final class Datagrams {

    private long[] ends = new long[4];
    private @Nullable SocketAddress[] sources = new SocketAddress[4];
    /** The bounds of the datagrams in the arrays. */
    private int head;

    private int tail;
    /** The number of earlier datagrams that were dropped. */
    private long forgotten;
    /** The number of the first datagram that is not kept. */
    private long gapStart = Long.MAX_VALUE;

    private long gap;
    private long gapEnd;

    long count() {
        return forgotten + (tail - head) + gap;
    }

    void add(long end, @Nullable SocketAddress source) {
        if (tail == ends.length) {
            int stored = tail - head;
            int room = Math.max(4, stored * 2);
            ends = Arrays.copyOf(Arrays.copyOfRange(ends, head, tail), room);
            sources = Arrays.copyOf(Arrays.copyOfRange(sources, head, tail), room);
            head = 0;
            tail = stored;
        }
        ends[tail] = end;
        sources[tail++] = source;
    }

    /** Counts a datagram that nobody can receive. All later ones cannot be received either. */
    void skip(long end) {
        if (gap == 0) {
            gapStart = count();
        }
        gap++;
        gapEnd = end;
    }

    boolean has(long number) {
        return number < count() && !isInGap(number) && place(number) >= head;
    }

    private boolean isInGap(long number) {
        return number >= gapStart && number < gapStart + gap;
    }

    /** The offset after the last byte; 0 before the first datagram; the same offset for all that are not kept. */
    long end(long number) {
        if (isInGap(number)) {
            return gapEnd;
        }
        int place = place(number);
        return place < head ? 0 : ends[place];
    }

    /** For a dropped datagram, the source of the first kept one: another thread has received in the meantime. */
    @Nullable
    SocketAddress source(long number) {
        int place = Math.max(head, place(number));
        return place < tail ? sources[place] : null;
    }

    /** Drops the datagrams before {@code number}. */
    void discard(long number) {
        int place = place(number);
        if (place > head) {
            Arrays.fill(sources, head, place, null);
            forgotten += place - head;
            head = place;
        }
    }

    /** The index in the arrays; for a datagram that is not kept, that of the one before it. */
    private int place(long number) {
        long stored = number < gapStart ? number : Math.max(gapStart - 1, number - gap);
        return (int) (head + (stored - forgotten));
    }
}
