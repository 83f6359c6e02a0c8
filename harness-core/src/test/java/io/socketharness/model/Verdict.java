package io.socketharness.model;

/**
 * How a conversation is judged.
 *
 * @param kind whether it passes, or the class of the reason
 * @param place the step that failed, as reports name it; empty for a verdict without one
 */
record Verdict(Kind kind, String place) {

    enum Kind {
        PASSES,
        /** What the client sent is not what the step expects. */
        MISMATCH,
        /** The client ended before it had sent what the step expects. */
        ENDED,
        /** The client had gone when the step was to send. */
        NOT_SENT,
        /** The client is there, and has not sent what the step expects. */
        TIMED_OUT,
        /** The client sent more than the script can take. */
        UNEXPECTED,
        /** A script was given, and no connection has used it up. */
        NOT_RUN,
        /** What no report should say of these scripts. */
        OTHER
    }

    static final Verdict PASSES = new Verdict(Kind.PASSES, "");
    static final Verdict UNEXPECTED = new Verdict(Kind.UNEXPECTED, "");
    static final Verdict NOT_RUN = new Verdict(Kind.NOT_RUN, "");

    @Override
    public String toString() {
        return place.isEmpty() ? kind.toString() : kind + " at " + place;
    }
}
