package io.socketharness.internal.spec;

import io.socketharness.internal.Durations;
import java.time.Duration;

/** The system property with the default timeout of all servers. */
public final class TimeoutProperty {

    private static final String NAME = "socketharness.timeout";

    private TimeoutProperty() {}

    /** The timeout of servers that set none. */
    public static Duration value() {
        String property = System.getProperty(NAME);
        if (property == null) {
            return Duration.ofSeconds(5);
        }
        try {
            return Durations.parse(property);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("system property " + NAME + ": " + wrong.getMessage());
        }
    }
}
