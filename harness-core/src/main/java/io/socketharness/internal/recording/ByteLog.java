package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of one direction, in order. Until {@link #limit()} all are kept for ever; of those that come later, only a
 * window that is still to be read. Guarded by its exchange's lock.
 *
 * <p>The bytes that are kept are never written again, so that {@link #kept()} can share them.
 */
final class ByteLog {

    private static final byte[] EMPTY = {};
    private static final int LARGEST = Integer.MAX_VALUE - 64;
    /** An empty window of more is given back. */
    private static final int SPARE = 64 * 1024;

    private byte[] data = EMPTY;
    private int size;
    private boolean limited;
    /** Where {@link #window} begins, once limited. */
    private long windowStart;

    private byte[] window = EMPTY;
    /** Between these the window stands in its array. */
    private int head;

    private int tail;

    long length() {
        return limited ? windowStart + (tail - head) : size;
    }

    /** The first byte that is not kept for ever; the length, until the limit. */
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

    /** Counts bytes that nobody will read; for a limited log whose window is empty. */
    void skip(int count) {
        windowStart += count;
    }

    /** Keeps what has come for ever, and what comes from now on until {@link #discard}. */
    void limit() {
        limited = true;
        windowStart = size;
    }

    /** Forgets the window up to {@code position}. */
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

    /** Forgets what stands from {@code position} on, for ever. */
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

    /** Where a byte first stands from {@code from} on, in what is kept or in the window. */
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
