package io.socketharness.internal.network;

import java.util.SortedMap;
import java.util.TreeMap;

/** Two datagrams arrive in each other's place. */
public record SwapCondition(int earlier, int later, Direction direction) implements DatagramCondition {

    public SwapCondition {
        Quantities.requireNumber("datagram", earlier);
        Quantities.requireNumber("datagram", later);
        if (earlier == later) {
            throw new IllegalArgumentException(
                    "datagram " + earlier + " cannot be swapped with itself; two different numbers are needed");
        }
        if (earlier > later) {
            int smaller = later;
            later = earlier;
            earlier = smaller;
        }
    }

    @Override
    public Condition with(Direction newDirection) {
        return new SwapCondition(earlier, later, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Swapper();
    }

    private final class Swapper extends Stage {

        /** The datagrams from the earlier one to the one before the later one, until that arrives. */
        private final SortedMap<Long, Packet> waiting = new TreeMap<>();

        private boolean over;

        @Override
        void enter(Packet packet, long at) {
            long number = number(packet);
            if (over || number < earlier || number > later) {
                pass(packet, at);
            } else if (number == later) {
                swap(packet, at);
            } else {
                if (waiting.isEmpty()) {
                    later(at + Held.LONGEST, () -> giveUp(at + Held.LONGEST));
                }
                waiting.put(number, packet);
            }
        }

        private void swap(Packet packet, long at) {
            over = true;
            Packet first = waiting.remove((long) earlier);
            pass(packet, at);
            waiting.values().forEach(between -> pass(between, at));
            if (first != null) {
                note(first, "overtaken");
                pass(first, at);
            }
        }

        /** The later one has not arrived. */
        private void giveUp(long at) {
            if (!over) {
                over = true;
                waiting.values().forEach(one -> pass(one, at));
            }
        }
    }

    @Override
    public String toString() {
        return direction.after("swap " + earlier + " " + later);
    }
}
