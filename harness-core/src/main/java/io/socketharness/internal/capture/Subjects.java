package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Report;
import io.socketharness.recording.Exchange;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;

/** Finds the connections that reports are about. There may be thousands of both. */
final class Subjects {

    private final IdentityHashMap<Exchange, Integer> connections = new IdentityHashMap<>();

    Subjects(List<PageConnection> all) {
        for (int i = 0; i < all.size(); i++) {
            connections.put(all.get(i).exchange(), i);
        }
    }

    /** The index of the connection of a report; empty if it is not about a connection of the page. */
    OptionalInt connection(Report report) {
        Integer found = report.exchange() == null ? null : connections.get(report.exchange());
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }
}
