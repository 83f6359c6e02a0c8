package io.socketharness.internal.network;

import java.util.Optional;

/** The server reads nothing from the client. */
public record StopReadingCondition(Direction direction) implements Condition {

    public StopReadingCondition {
        if (direction == Direction.TO_CLIENT) {
            throw new IllegalArgumentException(
                    "stop-reading is about the server, which reads only what the client sends;"
                            + " to stop data to the client, use limit 0 stall to client");
        }
    }

    @Override
    public Condition with(Direction newDirection) {
        return new StopReadingCondition(newDirection);
    }

    @Override
    public Optional<String> refusal(Medium medium) {
        return medium == Medium.DATAGRAMS
                ? Optional.of("a client does not wait until its datagrams are read; use loss 100% to server")
                : Optional.empty();
    }

    @Override
    public Stage stage(Place place) {
        return new Closed();
    }

    @Override
    public boolean appliesTo(Direction data) {
        return data == Direction.TO_SERVER;
    }

    private static final class Closed extends Stage {

        private final Held held = new Held(this);

        @Override
        void enter(Packet packet, long at) {
            held.add(packet, at);
        }

        @Override
        boolean stopsReading() {
            return true;
        }

        @Override
        void end(long at) {
            held.release(at);
        }
    }

    @Override
    public String toString() {
        return direction.after("stop-reading");
    }
}
