package io.socketharness.spi;

import io.socketharness.recording.Event;

/**
 * Gets the events of a server as they happen, to show or to store them. The methods are called on the threads of the
 * server: they must not block, and must not call the server. The events of one connection are in order.
 */
public interface ServerObserver {

    /**
     * Called after an event, also if the limit of the recording was reached.
     *
     * @param connection the index of the connection, 0 for the first
     * @param event the event
     */
    void occurred(int connection, Event event);

    /**
     * Called if the last received bytes begin a TLS handshake. They were passed on as received, but are not part of the
     * recording.
     *
     * @param connection the index of the connection
     * @param count the number of bytes
     */
    void withdrawn(int connection, int count);
}
