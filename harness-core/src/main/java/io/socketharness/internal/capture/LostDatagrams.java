package io.socketharness.internal.capture;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.recording.NetworkEffect;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the datagrams that the simulated network has lost. The lines of the dialogue are passed once, in order. */
final class LostDatagrams {

    /** What an event of the network has lost. */
    enum Loss {
        NONE,
        OF_CLIENT,
        OF_SERVER
    }

    private final List<Event> events;
    /** The events that say that a datagram of the client did not arrive. */
    private final Set<Integer> ofClient = new HashSet<>();
    /** The same for datagrams of the server, which are in the recording. */
    private final Set<Integer> ofServer = new HashSet<>();
    /** What happened to a datagram that the server sent, by its event. */
    private final Map<Integer, String> sent = new HashMap<>();

    private int nextNetwork;
    private int nextSent;

    LostDatagrams(Exchange exchange, List<Event> events) {
        this.events = events;
        if (exchange.isDatagrams()) {
            boolean isTls = exchange.has(Event.Kind.TLS_ESTABLISHED) || exchange.has(Event.Kind.TLS_FAILED);
            for (NetworkEffect effect : ExchangeRecorder.of(exchange).effects().read()) {
                if (effect.direction() == Event.Kind.RECEIVED) {
                    if (effect.from().isEmpty()) {
                        ofClient.add(effect.event());
                    }
                } else if (effect.lost() && !isTls) {
                    // a datagram of DTLS may be a part of a handshake, which has no event
                    addSent(effect);
                }
            }
        }
    }

    private void addSent(NetworkEffect effect) {
        int index = effect.from().orElse(events.size());
        while (index < events.size() && events.get(index).kind() != Event.Kind.SENT) {
            index++;
        }
        boolean isKnown = index < events.size() && effect.event() < events.size();
        // a datagram that is not kept has no arrow
        if (isKnown && events.get(index).detail().isEmpty()) {
            ofServer.add(effect.event());
            sent.put(index, events.get(effect.event()).detail());
        }
    }

    /** What has lost the next datagram that the server sent, in words; empty if it was not lost. */
    String nextSent() {
        if (sent.isEmpty()) {
            return "";
        }
        nextSent = find(Event.Kind.SENT, nextSent);
        return sent.getOrDefault(nextSent++, "");
    }

    /** Whose datagram the next event of the network has lost. */
    Loss nextEvent() {
        nextNetwork = find(Event.Kind.NETWORK, nextNetwork);
        int event = nextNetwork++;
        return ofClient.contains(event) ? Loss.OF_CLIENT : ofServer.contains(event) ? Loss.OF_SERVER : Loss.NONE;
    }

    private int find(Event.Kind kind, int from) {
        int index = from;
        while (events.get(index).kind() != kind) {
            index++;
        }
        return index;
    }
}
