package io.socketharness.internal.script.engine;

/** What is outstanding while a step has not run. */
public enum Obligation {
    /** Waits for data that the client must send. */
    EXPECTS,
    /** Sends data that the client must get. */
    SENDS,
    /** Receives any data: not outstanding between two messages. */
    TAKES,
    /** Neither. */
    NONE,
    /** User code: not outstanding while it waits between two messages, otherwise until it returns. */
    OWN;

    boolean isOutstanding() {
        return this == EXPECTS || this == SENDS;
    }
}
