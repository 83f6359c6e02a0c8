package io.socketharness.internal.network;

/** A share of the datagrams arrives twice. */
public record DuplicationCondition(double probability, Direction direction) implements DatagramCondition {

    public DuplicationCondition {
        Quantities.requireProbability("duplication", probability);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new DuplicationCondition(probability, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Stage() {
            @Override
            void enter(Packet packet, long at) {
                pass(packet, at);
                if (number(packet) > 0 && place.chance().at(number(packet)) < probability) {
                    duplicate(packet, at);
                }
            }
        };
    }

    @Override
    public String toString() {
        return direction.after("duplication " + Quantities.percent(probability));
    }
}
