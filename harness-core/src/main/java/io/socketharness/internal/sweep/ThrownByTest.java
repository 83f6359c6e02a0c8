package io.socketharness.internal.sweep;

import org.jspecify.annotations.Nullable;

/** The exception that a test met. */
final class ThrownByTest {

    /** Spock wraps the exception of an expression in this assertion. */
    private static final String CONDITION = "org.spockframework.runtime.ConditionFailedWithExceptionError";

    private ThrownByTest() {}

    /** The exception of the client, if the client was called in a condition of Spock; otherwise the exception itself. */
    static @Nullable Throwable of(@Nullable Throwable thrown) {
        Throwable met = thrown;
        while (met != null && met.getClass().getName().equals(CONDITION) && met.getCause() != null) {
            met = met.getCause();
        }
        return met;
    }
}
