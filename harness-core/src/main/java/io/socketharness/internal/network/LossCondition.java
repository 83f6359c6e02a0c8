package io.socketharness.internal.network;

import io.socketharness.network.Loss;
import java.util.BitSet;
import java.util.Optional;

/**
 * Datagrams are lost.
 *
 * @param burst how many may be lost in a row; 0 for no limit
 */
public record LossCondition(double probability, int burst, Direction direction) implements Loss, Condition {

    public LossCondition {
        Quantities.requireProbability("loss", probability);
    }

    @Override
    public Loss burst(int most) {
        if (most < 1) {
            throw new IllegalArgumentException(
                    "a burst of " + most + " datagrams is out of range; 1 or more is allowed");
        }
        return new LossCondition(probability, most, direction);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new LossCondition(probability, burst, newDirection);
    }

    @Override
    public Optional<String> refusal(Medium medium) {
        return Datagrams.only(
                medium,
                "the system sends lost data of a stream again, so it only arrives later: use latency; to end the"
                        + " connection, use limit; to change data, use corrupt");
    }

    @Override
    public Stage stage(Place place) {
        return new Loser(place.chance());
    }

    private final class Loser extends Stage {

        private final Chance chance;
        /** The lost datagrams among those that are decided, by number. A decision depends on the numbers before it. */
        private final BitSet lost = new BitSet();

        private int decided;
        private int row;

        Loser(Chance chance) {
            this.chance = chance;
        }

        @Override
        void enter(Packet packet, long at) {
            if (number(packet) > 0 && isLost(number(packet))) {
                lose(packet);
            } else {
                pass(packet, at);
            }
        }

        private boolean isLost(long number) {
            while (decided < number) {
                decided++;
                row = chance.at(decided) < probability && (burst == 0 || row < burst) ? row + 1 : 0;
                lost.set(decided, row > 0);
            }
            return lost.get((int) number);
        }
    }

    @Override
    public String toString() {
        return direction.after("loss " + Quantities.percent(probability) + (burst == 0 ? "" : " burst " + burst));
    }
}
