package io.socketharness.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Connections whose clients have ended before anyone claimed them. They have no thread; each is kept for the same time, in
 * which a script or a test can still claim and answer it, as the client may have closed its own side alone.
 */
final class EndedClients {

    private record Kept(StreamConnection connection, long until) {}

    private final Deque<Kept> kept = new ArrayDeque<>();

    /** Adds a connection; returns whether it is the only one, so that the listener has to be woken. */
    synchronized boolean add(StreamConnection connection, long until) {
        kept.add(new Kept(connection, until));
        return kept.size() == 1;
    }

    /** How long it is, in milliseconds, until the first one's time is over; 0 where there is none. */
    synchronized long patience() {
        Kept first = kept.peek();
        return first == null ? 0 : Math.max(1, (first.until - System.nanoTime() + 999_999) / 1_000_000);
    }

    /** Lets go of those whose time is over. */
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
