package io.socketharness.internal.network;

/** Nothing passes. */
public record BlackholeCondition(Direction direction) implements Condition {

    @Override
    public Condition with(Direction newDirection) {
        return new BlackholeCondition(newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return place.stream() ? new Hole() : new Sink();
    }

    /** What a stream loses is sent again when the network is back. */
    private static final class Hole extends Stage {

        private final Held held = new Held(this);

        @Override
        void enter(Packet packet, long at) {
            held.add(packet, at);
        }

        @Override
        void end(long at) {
            held.release(at);
        }
    }

    private static final class Sink extends Stage {

        @Override
        void enter(Packet packet, long at) {
            lose(packet);
        }
    }

    @Override
    public String toString() {
        return direction.after("blackhole");
    }
}
