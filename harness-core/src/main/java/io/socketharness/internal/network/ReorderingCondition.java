package io.socketharness.internal.network;

import java.util.ArrayDeque;
import java.util.Queue;

/** A share of the datagrams leaves after the next one. */
public record ReorderingCondition(double probability, Direction direction) implements DatagramCondition {

    public ReorderingCondition {
        Quantities.requireProbability("reordering", probability);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new ReorderingCondition(probability, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Overtaken(place.chance());
    }

    private final class Overtaken extends Stage {

        private final Chance chance;
        private final Queue<Packet> behind = new ArrayDeque<>();

        Overtaken(Chance chance) {
            this.chance = chance;
        }

        @Override
        void enter(Packet packet, long at) {
            // the datagram after a delayed one is not delayed itself
            if (behind.isEmpty() && number(packet) > 0 && chance.at(number(packet)) < probability) {
                behind.add(packet);
                note(packet, "overtaken");
                later(at + Held.LONGEST, () -> leave(packet, at + Held.LONGEST));
                return;
            }
            pass(packet, at);
            for (Packet next = behind.peek(); next != null; next = behind.peek()) {
                leave(next, at);
            }
        }

        private void leave(Packet packet, long at) {
            if (behind.remove(packet)) {
                pass(packet, at);
            }
        }
    }

    @Override
    public String toString() {
        return direction.after("reordering " + Quantities.percent(probability));
    }
}
