package io.socketharness.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Connections whose clients have ended before a script or test got them. They have no thread. Each is kept for the same
 * time. In that time a script or test can still get it and answer, because the client may have half-closed only.
 */
final class EndedClients {

    private record Kept(StreamConnection connection, long until) {}

    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Adds a connection; returns whether it is the only one: then the listener must be woken. */
    synchronized boolean add(StreamConnection connection, long until) {
        kept.add(new Kept(connection, until));
        return kept.size() == 1;
    }

    /** The milliseconds until the first one expires; 0 if there is none. */
    synchronized long patience() {
        Kept first = kept.peek();
        return first == null ? 0 : Math.max(1, (first.until - System.nanoTime() + 999_999) / 1_000_000);
    }

    /** Releases the expired ones. */
    void expire() {
        overdue().forEach(one -> one.connection.expire(one.until));
    }

    private synchronized List<Kept> overdue() {
        List<Kept> overdue = new ArrayList<>();
        long now = System.nanoTime();
        for (Kept first = kept.peek(); first != null && first.until - now <= 0; first = kept.peek()) {
            overdue.add(kept.remove());
        }
        return overdue;
    }
}
