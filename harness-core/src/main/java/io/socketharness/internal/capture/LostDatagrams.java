package io.socketharness.internal.capture;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the events that say that a datagram of the client did not arrive. */
final class LostDatagrams {

    private final List<Event> events;
    private final Set<Integer> lost = new HashSet<>();
    private int next;

    LostDatagrams(Exchange exchange, List<Event> events) {
        this.events = events;
        if (exchange.isDatagrams()) {
            ExchangeRecorder.of(exchange).effects().read().stream()
                    .filter(effect -> effect.direction() == Event.Kind.RECEIVED
                            && effect.from().isEmpty())
                    .forEach(effect -> lost.add(effect.event()));
        }
    }

    /** Whether the next event of the network is one. They are passed in order. */
    boolean next() {
        while (events.get(next).kind() != Event.Kind.NETWORK) {
            next++;
        }
        return lost.contains(next++);
    }
}
