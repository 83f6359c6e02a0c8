package io.socketharness.internal.runtime;

import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.script.Script;

/** A connection of a server, and how it gets its script. */
public interface ServerConnection {

    Conversation conversation();

    /** Runs {@code script} on another thread than the caller's; called once at most. */
    void serve(Script script);

    /** Leaves the connection to a test thread. */
    void hold();

    /** Notes, while it waits, that the server has scripts, but none for it. */
    default void scripted() {}

    /** Ends the conversation if it has a DTLS session, because the server has forgotten it. */
    default void forgetSession() {}

    /** Ends the conversation as a process that crashes does, and begins another one with the next datagram. */
    default void forget() {}

    /** Puts the server's simulated network in front of the connection, unless it is there. */
    void simulateNetwork();

    /** Whether data of the client is in the simulated network and will arrive. */
    default boolean hasInputOnItsWay() {
        return false;
    }

    /** Whether the server can still send. */
    boolean isOpen();
}
