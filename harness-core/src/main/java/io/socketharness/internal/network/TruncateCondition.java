package io.socketharness.internal.network;

import java.util.Arrays;

/** The end of one datagram is cut off. */
public record TruncateCondition(int number, int bytes, Direction direction) implements DatagramCondition {

    public TruncateCondition {
        Quantities.requireNumber("datagram", number);
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "a datagram cannot be truncated to " + bytes + " bytes; 0 or more is allowed");
        }
    }

    @Override
    public Condition with(Direction newDirection) {
        return new TruncateCondition(number, bytes, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Stage() {
            @Override
            void enter(Packet packet, long at) {
                if (number(packet) == number && packet.size() > bytes) {
                    shortened(packet, packet.size() - bytes);
                    pass(packet.with(Arrays.copyOf(packet.data(), bytes)), at);
                } else {
                    pass(packet, at);
                }
            }
        };
    }

    @Override
    public String toString() {
        return direction.after("truncate " + number + " to " + bytes);
    }
}
