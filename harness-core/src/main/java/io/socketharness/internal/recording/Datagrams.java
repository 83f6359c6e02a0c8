package io.socketharness.internal.recording;

import java.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the datagrams end that are still to be received, and the last one that was; and who sent them, where that is
 * needed. Guarded by its exchange's lock.
 */
final class Datagrams {

    private long[] ends = new long[4];
    private @Nullable SocketAddress[] sources = new SocketAddress[4];
    /** Between these the datagrams stand in the arrays. */
    private int head;

    private int tail;
    /** How many stood before them and are forgotten. */
    private long forgotten;
    /** The number of the first of those that are not kept. */
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

    /** Counts one that nobody can receive: all of those come one after the other. */
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

    /** The offset behind the last byte; 0 for the one before the first, the same for all that are not kept. */
    long end(long number) {
        if (isInGap(number)) {
            return gapEnd;
        }
        int place = place(number);
        return place < head ? 0 : ends[place];
    }

    /** Of one that is forgotten, that of the first that is not: someone else has received meanwhile. */
    @Nullable
    SocketAddress source(long number) {
        int place = Math.max(head, place(number));
        return place < tail ? sources[place] : null;
    }

    /** Forgets what stands before a datagram. */
    void discard(long number) {
        int place = place(number);
        if (place > head) {
            Arrays.fill(sources, head, place, null);
            forgotten += place - head;
            head = place;
        }
    }

    /** The place in the arrays: of one that is not kept, that of the one before it. */
    private int place(long number) {
        long stored = number < gapStart ? number : Math.max(gapStart - 1, number - gap);
        return (int) (head + (stored - forgotten));
    }
}
