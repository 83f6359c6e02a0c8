package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import java.time.Duration;

/** Splits sends into pieces of {@code bytes}, one every {@code every}. */
public record Drip(int bytes, Duration every) {

    public Drip {
        if (bytes < 1) {
            throw new IllegalArgumentException("drips of " + bytes + " bytes; at least 1 is needed");
        }
        Durations.requireNotNegative("the time between two drips", every);
    }

    @Override
    public String toString() {
        return bytes + " " + Durations.format(every);
    }
}
