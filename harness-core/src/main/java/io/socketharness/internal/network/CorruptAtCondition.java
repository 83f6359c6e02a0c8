package io.socketharness.internal.network;

/**
 * One bit of one byte is flipped.
 *
 * @param position of the byte, from 1
 */
public record CorruptAtCondition(long position, Direction direction) implements Condition {

    public CorruptAtCondition {
        Quantities.requireNumber("byte", position);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new CorruptAtCondition(position, newDirection);
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
            long index = position - 1 - offset(packet);
            if (index < 0 || index >= packet.size()) {
                pass(packet, at);
                return;
            }
            byte[] bytes = packet.data().clone();
            bytes[(int) index] ^= (byte) (1 << (chance.bits(position) & 7));
            note(packet, "corrupted at byte " + position);
            pass(packet.with(bytes), at);
        }
    }

    @Override
    public String toString() {
        return direction.after("corrupt at " + position);
    }
}
