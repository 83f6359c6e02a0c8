package io.socketharness.internal.network;

import java.util.List;

/**
 * Single datagrams are lost.
 *
 * @param numbers of the datagrams, from 1
 */
public record DropCondition(List<Integer> numbers, Direction direction) implements DatagramCondition {

    public static Condition of(int... numbers) {
        return new DropCondition(Datagrams.check("drop", numbers), Direction.BOTH);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new DropCondition(numbers, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Stage() {
            @Override
            void enter(Packet packet, long at) {
                if (Datagrams.isAmong(numbers, number(packet))) {
                    lose(packet);
                } else {
                    pass(packet, at);
                }
            }
        };
    }

    @Override
    public String toString() {
        return direction.after(Datagrams.text("drop", numbers));
    }
}
