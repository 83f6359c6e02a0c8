package io.socketharness.internal.runtime;

import io.socketharness.internal.net.Endpoint;
import java.nio.channels.spi.SelectorProvider;

/** Accepts the clients of a server. */
public interface Listener {

    /** The bound address. */
    Endpoint endpoint();

    /** Refuses new clients. The address stays bound. */
    void refuse();

    /**
     * Leaves new clients unanswered. The address stays bound.
     *
     * @throws UnsupportedOperationException if the system does not support it; datagrams never do
     */
    default void ignore() {
        throw new UnsupportedOperationException("clients of datagrams do not connect");
    }

    /** Accepts clients again. */
    void listen();

    /** Drains what the system holds: waiting connections, unread bytes or datagrams, ends. */
    void drain();

    /** The provider of the channels of its clients. */
    SelectorProvider provider();

    /** Stops listening and ends all waits of the threads. */
    void close();

    /** Closes the channels that are still open, even while threads use them. */
    void release();
}
