package io.socketharness.recording;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of one direction, in order. Until {@link #limit(long)} all are kept; from then on only a window of those that
 * are still to be read. Guarded by its exchange's lock.
 */
final class ByteLog {

    private static final int LARGEST = Integer.MAX_VALUE - 64;

    private byte[] data = new byte[256];
    private int size;
    /** Index in {@link #data} of the first byte after the gap, once limited. */
    private int windowStart = -1;

    private long gap;

    long length() {
        return size + gap;
    }

    boolean isLimited() {
        return windowStart >= 0;
    }

    /** Up to where all bytes are there. */
    long complete() {
        return isLimited() && gap > 0 ? windowStart : length();
    }

    void append(ByteBuffer from, int count) {
        ensure(count);
        from.get(data, size, count);
        size += count;
    }

    /** Counts bytes that are not kept; for a limited log whose window is empty. */
    void skip(int count) {
        gap += count;
    }

    /** Keeps what stands before {@code position} for ever, and what comes after it until {@link #discard}. */
    void limit(long position) {
        windowStart = (int) position;
    }

    /** Forgets the window up to {@code position}; does nothing before the limit. */
    void discard(long position) {
        if (!isLimited()) {
            return;
        }
        int drop = (int) (position - gap) - windowStart;
        if (drop > 0 && (drop == size - windowStart || drop >= 64 * 1024)) {
            System.arraycopy(data, windowStart + drop, data, windowStart, size - windowStart - drop);
            size -= drop;
            gap += drop;
        }
    }

    /** Forgets what stands from {@code position} on, for ever. */
    void truncate(long position) {
        size = physical(position);
    }

    boolean has(long from, long to) {
        return to <= complete() || from >= windowStart + gap && to <= length();
    }

    byte[] copy(long from, long to) {
        int start = physical(from);
        return Arrays.copyOfRange(data, start, start + (int) (to - from));
    }

    long indexOf(byte wanted, long from) {
        for (int i = physical(from); i < size; i++) {
            if (data[i] == wanted) {
                return i + (from - physical(from));
            }
        }
        return -1;
    }

    byte at(long index) {
        return data[physical(index)];
    }

    private int physical(long index) {
        return (int) (isLimited() && index >= windowStart + gap ? index - gap : index);
    }

    private void ensure(int more) {
        if (data.length - size < more) {
            long wanted = Math.max((long) size + more, data.length * 2L);
            data = Arrays.copyOf(data, (int) Math.min(wanted, LARGEST));
        }
    }
}
