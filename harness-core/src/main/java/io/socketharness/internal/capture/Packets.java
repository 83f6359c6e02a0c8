package io.socketharness.internal.capture;

import io.socketharness.recording.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the packet of an event, or of a position in the data. */
final class Packets {

    private final int mostData;
    private final List<Event> events = new ArrayList<>();
    /** Those that can have comments, by event. */
    private final List<List<Captured>> byEvent = new ArrayList<>();
    /** The events with input, by the position after it. */
    private final NavigableMap<Long, Integer> receivedEnds = new TreeMap<>();

    /** Adds the events to a flow. */
    Packets(List<Event> all, Flow flow, boolean datagrams) {
        this.mostData = flow.mostData();
        long end = 0;
        for (Event event : all) {
            events.add(event);
            byEvent.add(flow.add(event));
            if (isData(events.size() - 1, Event.Kind.RECEIVED)) {
                end += datagrams ? 1 : event.bytes().size();
                receivedEnds.putIfAbsent(end, events.size() - 1);
            }
        }
    }

    /** The last packet of the events before an index; without one, the first packet; null if there is none. */
    @Nullable
    Captured before(int end) {
        for (int i = Math.min(end, byEvent.size()) - 1; i >= 0; i--) {
            if (!byEvent.get(i).isEmpty()) {
                return last(i);
            }
        }
        return byEvent.stream()
                .filter(packets -> !packets.isEmpty())
                .map(packets -> packets.get(0))
                .findFirst()
                .orElse(null);
    }

    /** The last packet that was sent in events from an index to the one before another; null if there is none. */
    @Nullable
    Captured lastSent(int from, int end) {
        for (int i = Math.min(end, byEvent.size()) - 1; i >= Math.max(0, from); i--) {
            if (isData(i, Event.Kind.SENT)) {
                return last(i);
            }
        }
        return null;
    }

    /** The last packet of the first event with data of a direction at or after an index; null if there is none. */
    @Nullable
    Captured first(Event.Kind direction, int from) {
        for (int i = from; i < events.size(); i++) {
            if (isData(i, direction)) {
                return last(i);
            }
        }
        return null;
    }

    /**
     * The packet with the end of the input before a position: a number of bytes of a stream, or of datagrams. Null if it
     * was not kept.
     */
    @Nullable
    Captured received(long position) {
        Map.Entry<Long, Integer> event = receivedEnds.ceilingEntry(position);
        if (event == null) {
            return null;
        }
        Long start = receivedEnds.lowerKey(event.getKey());
        return byEvent.get(event.getValue()).get((int) ((position - 1 - (start == null ? 0 : start)) / mostData));
    }

    private boolean isData(int index, Event.Kind direction) {
        return events.get(index).kind() == direction && !byEvent.get(index).isEmpty();
    }

    private Captured last(int event) {
        List<Captured> packets = byEvent.get(event);
        return packets.get(packets.size() - 1);
    }
}
