package io.socketharness.internal.stream;

import io.socketharness.internal.network.Packet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Puts the packets of a stream into the order of their offsets. */
final class Sequence {

    private final Queue<Packet> ahead =
            new PriorityQueue<>(Comparator.comparingLong(Packet::offset).thenComparing(packet -> packet.end() != null));
    private final Queue<Packet> ready = new ArrayDeque<>();
    private long next;

    void add(Packet packet) {
        ahead.add(packet);
        for (Packet first = ahead.peek(); first != null && first.offset() <= next; first = ahead.peek()) {
            ready.add(ahead.remove());
            next += first.size();
        }
    }

    @Nullable
    Packet poll() {
        return ready.poll();
    }

    /** The next packet, even if something before it is missing. */
    @Nullable
    Packet pollAny() {
        Packet first = ready.poll();
        return first == null ? ahead.poll() : first;
    }
}
