package io.socketharness.internal.network;

import io.socketharness.internal.Durations;
import io.socketharness.network.Latency;
import java.time.Duration;

/** Everything arrives later. */
public record LatencyCondition(Duration latency, Duration jitter, Direction direction) implements Latency, Condition {

    public LatencyCondition {
        Durations.requireNotNegative("the latency", latency);
        Durations.requireNotNegative("the jitter", jitter);
        if (jitter.compareTo(latency) > 0) {
            throw new IllegalArgumentException(
                    "the jitter, " + Durations.format(jitter) + ", is longer than the latency, "
                            + Durations.format(latency) + "; data cannot arrive before it is sent");
        }
    }

    @Override
    public Latency jitter(Duration jitter) {
        return new LatencyCondition(latency, jitter, direction);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new LatencyCondition(latency, jitter, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Delay(place);
    }

    /** Streams keep their order, and so do datagrams without jitter. */
    private final class Delay extends Stage {

        private final Place place;
        private long last = Long.MIN_VALUE;
        private boolean any;

        Delay(Place place) {
            this.place = place;
        }

        @Override
        void enter(Packet packet, long at) {
            long leaves = at + latency.toNanos() + shift(place.stream() ? packet.offset() : packet.number());
            if (place.stream() && any && leaves - last < 0) {
                leaves = last;
            }
            last = leaves;
            any = true;
            pass(packet, leaves);
        }

        private long shift(long number) {
            return jitter.isZero() ? 0 : (long) ((2 * place.chance().at(number) - 1) * jitter.toNanos());
        }
    }

    @Override
    public String toString() {
        return direction.after("latency " + Durations.format(latency)
                + (jitter.isZero() ? "" : " jitter " + Durations.format(jitter)));
    }
}
