package io.socketharness.internal.script.engine;

/** What a step owes to the test while it has not been done. */
public enum Obligation {
    /** Waits for something that the client must send. */
    EXPECTS,
    /** Sends something that the client must get. */
    SENDS,
    /** Receives what comes, if anything: owes nothing between two messages. */
    TAKES,
    /** Neither. */
    NONE,
    /** Code of the user's own: owes nothing while it waits between two messages, and to come to its end else. */
    OWN;

    boolean isOutstanding() {
        return this == EXPECTS || this == SENDS;
    }
}
