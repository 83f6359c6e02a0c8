package io.socketharness.network;

import java.time.Duration;

/** A latency, see {@link NetworkConditions#latency}. */
public interface Latency extends NetworkCondition {

    /**
     * Returns this latency with a jitter: each delay is between the latency minus and the latency plus the jitter, at
     * random. On streams the order is kept; datagrams may overtake each other. In the text form: {@code jitter 50ms}.
     *
     * @param jitter from 0 to the latency
     * @return the latency with the jitter
     * @throws IllegalArgumentException if the jitter is negative or longer than the latency
     */
    Latency jitter(Duration jitter);
}
