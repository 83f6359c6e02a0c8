package io.socketharness.internal.network;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Data that does not pass while a condition has effect. */
final class Held {

    /** How long a datagram waits for the one that overtakes it, in nanoseconds. */
    static final long LONGEST = Duration.ofMillis(200).toNanos();

    private final Stage stage;
    private final Queue<Packet> packets = new ArrayDeque<>();
    private boolean over;

    Held(Stage stage) {
        this.stage = stage;
    }

    void add(Packet packet, long at) {
        if (over) {
            stage.pass(packet, at);
        } else {
            packets.add(packet);
            stage.hold(packet);
        }
    }

    void release(long at) {
        over = true;
        for (Packet next = packets.poll(); next != null; next = packets.poll()) {
            stage.release(next, at);
        }
    }
}
