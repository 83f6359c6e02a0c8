package io.socketharness.internal.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
        private final List<Packet> waiting = new ArrayList<>();

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
                waiting.add(packet);
            }
        }

        private void swap(Packet packet, long at) {
            pass(packet, at);
            leave(one -> number(one) > earlier, at);
            waiting.stream().filter(one -> number(one) == earlier).forEach(first -> note(first, "overtaken"));
            leave(one -> number(one) == earlier, at);
            over = true;
        }

        /** The later one has not arrived. */
        private void giveUp(long at) {
            if (!over) {
                leave(one -> true, at);
                over = true;
            }
        }

        private void leave(Predicate<Packet> which, long at) {
            waiting.stream()
                    .filter(which)
                    .sorted(Comparator.comparingLong(Packet::number))
                    .forEach(one -> pass(one, at));
            waiting.removeIf(which);
        }
    }

    @Override
    public String toString() {
        return direction.after("swap " + earlier + " " + later);
    }
}
