package io.socketharness.internal.runtime;

import io.socketharness.internal.script.engine.Conversation;
import io.socketharness.script.Script;

/** A conversation that a server has, and how its script gets to run. */
public interface ServerConnection {

    Conversation conversation();

    /** Has {@code script} run on it, on another thread than the caller's; called once at most. */
    void serve(Script script);

    /** Leaves it to a test thread. */
    void hold();

    /** Says, while it waits, that there are scripts, and that none was for it. */
    default void scripted() {}

    /** Whether something can be sent. */
    boolean isOpen();
}
