package io.socketharness.recording;

import java.util.ArrayList;
import java.util.List;

/** The events of an exchange, in order; bytes as places in its {@link ByteLog}s. Guarded by its exchange's lock. */
final class EventLog {

    /** From here on consecutive reads or writes share an event: a client that sends single bytes fills no memory. */
    private static final int MANY = 100_000;

    /** An event as it is kept: {@code offset} and {@code length} in the log of its direction. */
    record Entry(long at, Event.Kind kind, long offset, int length, String detail) {}

    private final List<Entry> entries = new ArrayList<>(8);
    private final boolean joinable;

    EventLog(boolean datagrams) {
        this.joinable = !datagrams;
    }

    void add(Entry entry) {
        int last = entries.size() - 1;
        if (joinable && last >= MANY) {
            Entry before = entries.get(last);
            long joined = (long) before.length() + entry.length();
            if (before.kind() == entry.kind() && entry.length() > 0 && joined < Integer.MAX_VALUE) {
                entries.set(last, new Entry(entry.at(), entry.kind(), before.offset(), (int) joined, entry.detail()));
                return;
            }
        }
        entries.add(entry);
    }

    /** Forgets what was received from {@code offset} on. */
    void takeBack(long offset) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            long end = entry.offset() + entry.length();
            if (entry.kind() != Event.Kind.RECEIVED || end <= offset) {
                continue;
            }
            if (entry.offset() >= offset) {
                Entry unused = entries.remove(i);
            } else {
                int left = (int) (offset - entry.offset());
                entries.set(i, new Entry(entry.at(), entry.kind(), entry.offset(), left, entry.detail()));
            }
        }
    }

    List<Entry> snapshot() {
        return List.copyOf(entries);
    }
}
