package io.socketharness.internal.recording;

import io.socketharness.recording.Event;
import java.util.Arrays;
import java.util.Objects;

/**
 * The events of an exchange, in order. Bytes are positions in its {@link ByteLog}s. Guarded by the exchange's lock.
 */
final class EventLog {

    /** Heap per event: the event, its place in the list, and the list's spare room. */
    static final int COST = 64;

    /**
     * From here on consecutive reads or writes share an event, so that a client that sends single bytes costs no more.
     */
    static final int MANY = 100_000;

    /**
     * A stored event.
     *
     * @param at in nanoseconds since the server's start
     * @param offset of its bytes in the log of its direction
     * @param length of its bytes
     * @param notKept the number of reads, writes or datagrams without kept bytes that it stands for; 0 if its bytes are
     *     kept
     */
    record Entry(long at, Event.Kind kind, long offset, long length, int notKept, String detail) {
        boolean isKept() {
            return notKept == 0;
        }
    }

    /** The events at one moment. The array may be longer, and is not overwritten before their end. */
    static final class View {

        private final Entry[] entries;
        private final int size;

        private View(Entry[] entries, int size) {
            this.entries = entries;
            this.size = size;
        }

        int size() {
            return size;
        }

        Entry get(int index) {
            return entries[Objects.checkIndex(index, size)];
        }

        View first(int count) {
            return new View(entries, count);
        }
    }

    private final boolean joinable;
    private Entry[] entries = new Entry[4];
    private int size;
    private volatile int visibleSize;
    /** Whether a view shares the array: then its shown part must not change. */
    private boolean shared;
    /** From here on all data that is not kept shares one event per direction. */
    private int gap;

    EventLog(boolean datagrams) {
        this.joinable = !datagrams;
    }

    View view() {
        shared = true;
        return new View(entries, size);
    }

    int size() {
        return size;
    }

    /** The same for any thread, without the lock of the recorder. */
    int visibleSize() {
        return visibleSize;
    }

    /** A time, or that of the last event if it is later: an operation can record events before its own. */
    long notBefore(long at) {
        return size == 0 ? at : Math.max(at, entries[size - 1].at());
    }

    /** Whether bytes of this kind are added to the last event. */
    boolean joins(Event.Kind kind, int length) {
        if (!joinable || size <= MANY || length == 0) {
            return false;
        }
        Entry last = entries[size - 1];
        return last.kind() == kind
                && last.isKept()
                && last.length() > 0
                && last.detail().isEmpty();
    }

    void join(long at, int length) {
        Entry last = entries[size - 1];
        replace(size - 1, new Entry(at, last.kind(), last.offset(), last.length() + length, 0, ""));
    }

    void add(long at, Event.Kind kind, long offset, int length, String detail) {
        append(new Entry(at, kind, offset, length, 0, detail));
        gap = size;
    }

    /** Counts data that is not kept: between two kept events, all of one direction together. */
    void addNotKept(long at, Event.Kind kind, long offset, int length) {
        for (int i = gap; i < size; i++) {
            Entry before = entries[i];
            if (before.kind() == kind) {
                long all = before.length() + length;
                replace(i, new Entry(at, kind, before.offset(), all, before.notKept() + 1, ""));
                return;
            }
        }
        append(new Entry(at, kind, offset, length, 1, ""));
    }

    private void append(Entry entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
            shared = false;
        }
        entries[size++] = entry;
        visibleSize = size;
    }

    private void replace(int index, Entry entry) {
        own();
        entries[index] = entry;
    }

    private void own() {
        if (shared) {
            entries = entries.clone();
            shared = false;
        }
    }

    /** Removes the events of the bytes received from {@code offset} on. */
    void takeBack(long offset) {
        own();
        for (int i = size - 1; i >= 0; i--) {
            Entry entry = entries[i];
            if (entry.kind() != Event.Kind.RECEIVED || entry.offset() + entry.length() <= offset) {
                continue;
            }
            if (entry.offset() >= offset) {
                System.arraycopy(entries, i + 1, entries, i, size - i - 1);
                entries[--size] = null;
            } else {
                long left = offset - entry.offset();
                entries[i] = new Entry(entry.at(), entry.kind(), entry.offset(), left, entry.notKept(), entry.detail());
            }
        }
        gap = size;
        visibleSize = size;
    }
}
