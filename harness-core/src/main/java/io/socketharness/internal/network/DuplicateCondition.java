package io.socketharness.internal.network;

import java.util.List;

/**
 * Single datagrams arrive twice.
 *
 * @param numbers of the datagrams, from 1
 */
public record DuplicateCondition(List<Integer> numbers, Direction direction) implements DatagramCondition {

    public static Condition of(int... numbers) {
        return new DuplicateCondition(Datagrams.check("duplicate", numbers), Direction.BOTH);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new DuplicateCondition(numbers, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Stage() {
            @Override
            void enter(Packet packet, long at) {
                pass(packet, at);
                if (Datagrams.isAmong(numbers, number(packet))) {
                    duplicate(packet, at);
                }
            }
        };
    }

    @Override
    public String toString() {
        return direction.after(Datagrams.text("duplicate", numbers));
    }
}
