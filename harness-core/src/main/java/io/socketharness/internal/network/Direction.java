package io.socketharness.internal.network;

/** The direction of data to which a condition applies. */
public enum Direction {
    BOTH(""),
    TO_CLIENT(" to client"),
    TO_SERVER(" to server");

    private final String suffix;

    Direction(String suffix) {
        this.suffix = suffix;
    }

    /** The text of a condition with its direction. */
    String after(String condition) {
        return condition + suffix;
    }

    /** Whether a condition with this direction applies to data in another. */
    boolean includes(Direction of) {
        return this == BOTH || this == of;
    }
}
