package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of one direction, in order. Bytes up to {@link #limit()} are kept for ever. Of later bytes only an unread
 * window is kept. Guarded by the exchange's lock.
 *
 * <p>Kept bytes are never overwritten, so {@link #kept()} can share them.
 */
final class ByteLog {

    private static final byte[] EMPTY = {};
    private static final int LARGEST = Integer.MAX_VALUE - 64;
    /** A larger empty window is released. */
    private static final int SPARE = 64 * 1024;

    private byte[] data = EMPTY;
    private int size;
    private boolean limited;
    /** The position at which {@link #window} begins, once limited. */
    private long windowStart;

    private byte[] window = EMPTY;
    /** The bounds of the window in its array. */
    private int head;

    private int tail;

    long length() {
        return limited ? windowStart + (tail - head) : size;
    }

    /** The position of the first byte that is not kept for ever; the length before the limit. */
    long complete() {
        return size;
    }

    /** All bytes that are kept for ever, shared and not copied. */
    Bytes kept() {
        return SharedBytes.of(data, 0, size);
    }

    void append(ByteBuffer from, int count) {
        if (limited) {
            makeRoom(count);
            from.get(window, tail, count);
            tail += count;
        } else {
            if (data.length - size < count) {
                data = Arrays.copyOf(data, larger(data.length, (long) size + count));
            }
            from.get(data, size, count);
            size += count;
        }
    }

    private static int larger(int capacity, long wanted) {
        return (int) Math.max(wanted, Math.min(Math.max(256, capacity * 2L), LARGEST));
    }

    private void makeRoom(int count) {
        if (window.length - tail >= count) {
            return;
        }
        int held = tail - head;
        byte[] roomy = window.length >= 2L * (held + count) ? window : new byte[larger(held, (long) held + count)];
        System.arraycopy(window, head, roomy, 0, held);
        window = roomy;
        head = 0;
        tail = held;
    }

    /** Counts bytes that nobody reads. The log must be limited and its window empty. */
    void skip(int count) {
        windowStart += count;
    }

    /** Keeps the bytes so far for ever, and later bytes until {@link #discard}. */
    void limit() {
        limited = true;
        windowStart = size;
    }

    /** Drops the window up to {@code position}. */
    void discard(long position) {
        if (limited && position > windowStart) {
            head += (int) (position - windowStart);
            windowStart = position;
            if (head == tail) {
                clearWindow();
            }
        }
    }

    private void clearWindow() {
        window = window.length > SPARE ? EMPTY : window;
        head = 0;
        tail = 0;
    }

    /** Removes the bytes from {@code position} on. */
    void truncate(long position) {
        if (position < size) {
            data = Arrays.copyOf(data, (int) position);
            size = (int) position;
            clearWindow();
            windowStart = position;
        } else {
            tail = head + (int) (position - windowStart);
        }
    }

    boolean has(long from, long to) {
        return to <= size || to <= length() && (from >= windowStart || windowStart == size);
    }

    byte[] copy(long from, long to) {
        byte[] copy = new byte[(int) (to - from)];
        int before = (int) Math.max(0, Math.min(to, size) - from);
        if (before > 0) {
            System.arraycopy(data, (int) from, copy, 0, before);
        }
        if (before < copy.length) {
            int at = head + (int) (from + before - windowStart);
            System.arraycopy(window, at, copy, before, copy.length - before);
        }
        return copy;
    }

    /** The first position of a byte at or after {@code from}, in the kept bytes or the window. */
    long indexOf(byte wanted, long from) {
        for (int i = (int) Math.min(from, size); i < size; i++) {
            if (data[i] == wanted) {
                return i;
            }
        }
        for (int i = head + (int) Math.max(0, from - windowStart); i < tail; i++) {
            if (window[i] == wanted) {
                return windowStart + (i - head);
            }
        }
        return -1;
    }
}
