package io.socketharness.internal.recording;

import io.socketharness.recording.Event;

/**
 * Gets the events of exchanges as they happen. Called under the lock of the exchange: it must not block, and must not call
 * the server.
 */
public interface EventObserver {

    /**
     * Called after an event.
     *
     * @param exchange the index of the exchange
     * @param event the event, also if the limit of the recording was reached
     */
    void occurred(int exchange, Event event);

    /**
     * Called when the last received bytes turn out to be the begin of a TLS handshake. They are no longer recorded.
     *
     * @param exchange the index of the exchange
     * @param count the number of bytes
     */
    void withdrawn(int exchange, int count);
}
