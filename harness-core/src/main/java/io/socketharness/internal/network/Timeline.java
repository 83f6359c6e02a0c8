package io.socketharness.internal.network;

import java.util.PriorityQueue;

/**
 * What happens in the simulated network, in the order of its time. Actions that follow from an action get times that are
 * counted from its time, not from the moment when it ran, so that lateness does not add up. For one thread.
 */
final class Timeline {

    private static final int MOST = 1_000;

    private record Due(long at, long order, Runnable action) implements Comparable<Due> {

        @Override
        public int compareTo(Due other) {
            long earlier = at - other.at;
            return earlier != 0 ? Long.signum(earlier) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long order;

    /** Adds an action at a time, in terms of {@link System#nanoTime()}. */
    void at(long time, Runnable action) {
        due.add(new Due(time, order++, action));
    }

    /** Runs what is due, but not so much that other work of the thread waits for long. */
    void run() {
        Due next = due.peek();
        for (int left = MOST; left > 0 && next != null && next.at - System.nanoTime() <= 0; left--) {
            due.remove();
            next.action.run();
            next = due.peek();
        }
    }

    /** The time until the next action, at least 0; {@link Long#MAX_VALUE} if there is none. */
    long patience() {
        Due next = due.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.at - System.nanoTime());
    }
}
