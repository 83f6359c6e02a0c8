package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * An exchange at one moment. It shares the recorded data without copying: the cost does not depend on its size, and
 * rendering blocks nobody.
 */
record Snapshot(
        EventLog.View entries,
        Bytes received,
        Bytes sent,
        boolean datagrams,
        List<FrameLog.Frame> receivedFrames,
        List<FrameLog.Frame> sentFrames) {

    /** The same events with other bytes of the same size. */
    Snapshot with(Bytes newReceived, Bytes newSent) {
        return new Snapshot(entries, newReceived, newSent, datagrams, receivedFrames, sentFrames);
    }

    int size() {
        return entries.size();
    }

    EventLog.Entry entry(int index) {
        return entries.get(index);
    }

    /** Whether each event with bytes is a single read or write. */
    boolean eventsAreSingle() {
        return size() <= EventLog.MANY;
    }

    /** The kept bytes of an event. */
    Bytes bytes(EventLog.Entry entry) {
        if (entry.length() == 0 || !entry.isKept()) {
            return Bytes.of();
        }
        Bytes log = entry.kind() == Event.Kind.SENT ? sent : received;
        return log.slice((int) entry.offset(), (int) (entry.offset() + entry.length()));
    }

    /** Its detail, or how much data it stands for that is not kept. */
    String detail(EventLog.Entry entry) {
        if (entry.isKept()) {
            return entry.detail();
        }
        String size = entry.length() == 1 ? "1 byte" : entry.length() + " bytes";
        if (!datagrams) {
            return size + ", not kept";
        }
        return entry.notKept() == 1
                ? "1 datagram of " + size + ", not kept"
                : entry.notKept() + " datagrams, " + size + " in total, not kept";
    }

    /** The first event of a kind. */
    Optional<EventLog.Entry> first(Event.Kind kind) {
        return IntStream.range(0, size())
                .mapToObj(this::entry)
                .filter(entry -> entry.kind() == kind)
                .findFirst();
    }

    /** The event with which a byte arrived; on datagrams, the event of that number. */
    Optional<EventLog.Entry> arrival(long position) {
        long datagrams = 0;
        for (int i = 0; i < size(); i++) {
            EventLog.Entry entry = entry(i);
            if (entry.kind() == Event.Kind.RECEIVED) {
                datagrams += Math.max(1, entry.notKept());
                long end = this.datagrams ? datagrams : entry.offset() + entry.length();
                if (end > position) {
                    return Optional.of(entry);
                }
            }
        }
        return Optional.empty();
    }

    /** The part before the first event that is {@code later}. */
    Snapshot before(Predicate<EventLog.Entry> later) {
        int size = 0;
        while (size < size() && !later.test(entry(size))) {
            size++;
        }
        return new Snapshot(entries.first(size), received, sent, datagrams, receivedFrames, sentFrames);
    }

    /** Created one by one on demand. */
    List<Event> events() {
        return new Events(this);
    }

    /** The bytes of one direction, by event. */
    List<Bytes> messages(Event.Kind kind) {
        return IntStream.range(0, size())
                .mapToObj(this::entry)
                .filter(entry -> entry.kind() == kind && entry.isKept())
                .map(this::bytes)
                .toList();
    }

    private static final class Events extends AbstractList<Event> implements RandomAccess {

        private final Snapshot snapshot;

        Events(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Event get(int index) {
            EventLog.Entry entry = snapshot.entry(index);
            return new Event(Duration.ofNanos(entry.at()), entry.kind(), snapshot.bytes(entry), snapshot.detail(entry));
        }

        @Override
        public int size() {
            return snapshot.size();
        }
    }
}
