package io.socketharness.internal.network;

/** Data leaves at a rate. */
public record BandwidthCondition(long bytesPerSecond, Direction direction) implements Condition {

    /** A stream is divided so that this many parts leave in a second, or more. */
    private static final long PARTS = 100;

    private static final long LARGEST_SEGMENT = 1460;
    private static final double SECOND = 1e9;

    public BandwidthCondition {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "a bandwidth of " + bytesPerSecond + " B/s is out of range; 1 B/s or more is allowed");
        }
    }

    @Override
    public Condition with(Direction newDirection) {
        return new BandwidthCondition(bytesPerSecond, newDirection);
    }

    @Override
    public Stage stage(Place place) {
        return new Line(place.stream());
    }

    private final class Line extends Stage {

        private final boolean stream;
        /** The time from which the line is free, as the time of the last start and the bytes since then. */
        private long begin;

        private long sent;
        private boolean used;

        Line(boolean stream) {
            this.stream = stream;
        }

        @Override
        void enter(Packet packet, long at) {
            if (!used || free() - at <= 0) {
                used = true;
                begin = at;
                sent = 0;
            }
            int largest = (int) Math.max(1, Math.min(LARGEST_SEGMENT, bytesPerSecond / PARTS));
            if (stream) {
                divide(packet, largest).forEach(this::transmit);
            } else {
                transmit(packet);
            }
        }

        /** A packet arrives when its last byte has passed. */
        private void transmit(Packet packet) {
            sent += packet.size();
            pass(packet, free());
        }

        private long free() {
            return begin + (long) (sent * SECOND / bytesPerSecond);
        }
    }

    @Override
    public String toString() {
        return direction.after("bandwidth " + Quantities.rate(bytesPerSecond));
    }
}
