package io.socketharness.internal.network;

import io.socketharness.internal.Durations;
import io.socketharness.network.Slice;
import java.time.Duration;
import java.util.Optional;

/** A stream is divided into pieces, each in its own segment. */
public record SliceCondition(int size, Duration interval, Direction direction) implements Slice, Condition {

    public SliceCondition {
        if (size < 1) {
            throw new IllegalArgumentException("a slice of " + size + " bytes is out of range; 1 or more is allowed");
        }
        Durations.requireNotNegative("the interval", interval);
    }

    @Override
    public Slice every(Duration newInterval) {
        return new SliceCondition(size, newInterval, direction);
    }

    @Override
    public Condition with(Direction newDirection) {
        return new SliceCondition(size, interval, newDirection);
    }

    @Override
    public Optional<String> refusal(Medium medium) {
        return medium == Medium.DATAGRAMS
                ? Optional.of("a datagram arrives as a whole; to cut one, use truncate")
                : Optional.empty();
    }

    @Override
    public Stage stage(Place place) {
        return new Slicer();
    }

    private final class Slicer extends Stage {

        private long free;
        private boolean used;

        @Override
        void enter(Packet packet, long at) {
            if (packet.end() != null) {
                // it follows the last piece
                pass(packet, used && free - at > 0 ? free : at);
            } else {
                divide(packet, size).forEach(part -> pass(part, next(at)));
            }
        }

        private long next(long at) {
            long leaves = used && free - at > 0 ? free : at;
            used = true;
            free = leaves + interval.toNanos();
            return leaves;
        }
    }

    @Override
    public String toString() {
        return direction.after("slice " + size + (interval.isZero() ? "" : " every " + Durations.format(interval)));
    }
}
