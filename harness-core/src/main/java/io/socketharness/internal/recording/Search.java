package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import io.socketharness.recording.Exchange;
import java.util.List;

/** Searches received bytes repeatedly, without searching any byte twice. */
final class Search {

    private final Exchange exchange;
    private final Bytes wanted;
    private Bytes searched = Bytes.of();
    private int events;
    private boolean found;

    Search(Exchange exchange, Bytes wanted) {
        this.exchange = exchange;
        this.wanted = wanted;
    }

    /** The bytes for a message: text in quotes, or hex. */
    static String quoted(Bytes wanted) {
        return wanted.isMostlyText() ? "\"" + wanted.escaped() + "\"" : wanted.hex();
    }

    Exchange exchange() {
        return exchange;
    }

    /** Whether the bytes have arrived; on datagrams, whether one datagram contains them. */
    boolean isFound() {
        found = found || (exchange.isDatagrams() ? isInDatagram() : isInStream());
        return found;
    }

    private boolean isInStream() {
        Bytes before = searched;
        searched = exchange.received();
        // the beginning of a handshake may be taken back
        int from = searched.startsWith(before) ? before.size() + 1 - Math.max(1, wanted.size()) : 0;
        return searched.indexOf(wanted, Math.max(0, from)) >= 0;
    }

    private boolean isInDatagram() {
        List<Event> all = exchange.events();
        for (int i = events; i < all.size(); i++) {
            Event event = all.get(i);
            if (event.kind() == Event.Kind.RECEIVED && event.bytes().contains(wanted)) {
                return true;
            }
        }
        events = all.size();
        return false;
    }
}
