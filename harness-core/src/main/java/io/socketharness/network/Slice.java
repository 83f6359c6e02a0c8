package io.socketharness.network;

import java.time.Duration;

/** The division of a stream, see {@link NetworkConditions#slice}. */
public interface Slice extends NetworkCondition {

    /**
     * Returns this division with a time between the pieces. Without one, the pieces leave immediately after each other.
     * In the text form: {@code every 5ms}.
     *
     * @param interval 0 or more
     * @return the division with the interval
     * @throws IllegalArgumentException if the interval is negative
     */
    Slice every(Duration interval);
}
