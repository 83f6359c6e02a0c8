package io.socketharness.internal.network;

import java.util.StringJoiner;

/** One bit is flipped in a share of the bytes. */
public record CorruptionCondition(double share, Direction direction) implements Condition {

    private static final int MOST_NAMED = 5;

    public CorruptionCondition {
        Quantities.requireProbability("corruption", share);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new CorruptionCondition(share, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Corrupter(place.chance());
    }

    private final class Corrupter extends Stage {

        private final Chance chance;

        Corrupter(Chance chance) {
            this.chance = chance;
        }

        @Override
        void enter(Packet packet, long at) {
            byte[] bytes = packet.data();
            long offset = offset(packet);
            int flipped = 0;
            StringJoiner where = new StringJoiner(", ");
            for (int i = 0; i < bytes.length; i++) {
                if (offset + i >= 0 && chance.at(offset + i) < share) {
                    if (flipped++ == 0) {
                        bytes = bytes.clone();
                    }
                    bytes[i] ^= (byte) (1 << (chance.bits(offset + i) & 7));
                    if (flipped <= MOST_NAMED) {
                        where.add(String.valueOf(offset + i + 1));
                    }
                }
            }
            if (flipped == 0) {
                pass(packet, at);
                return;
            }
            note(
                    packet,
                    "corrupted at " + (flipped == 1 ? "byte " : "bytes ") + where
                            + (flipped > MOST_NAMED ? " and " + (flipped - MOST_NAMED) + " more" : ""));
            pass(packet.with(bytes), at);
        }
    }

    @Override
    public String toString() {
        return direction.after("corrupt " + Quantities.percent(share));
    }
}
