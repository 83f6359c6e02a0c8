package io.socketharness.internal.network;

/**
 * Random decisions of a stage. Each depends on the key and on a number only, so that the order of threads and the sizes
 * of reads have no influence. The numbers are those of SplitMix64, which has no state.
 *
 * @param key of the sequence of decisions
 */
record Chance(long key) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    /** The decisions of one condition, on one direction of a connection. */
    static Chance of(long seed, int connection, Direction direction, Condition condition, int occurrence) {
        long key = mix(seed);
        key = mix(key + connection);
        key = mix(key + (direction == Direction.TO_SERVER ? 2 : 1));
        key = mix(key + condition.with(Direction.BOTH).toString().hashCode());
        return new Chance(mix(key + occurrence));
    }

    /** A number from 0 to less than 1. */
    double at(long number) {
        return (bits(number) >>> 11) * UNIT;
    }

    /** 64 random bits. */
    long bits(long number) {
        return mix(key + number * GOLDEN);
    }

    private static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
