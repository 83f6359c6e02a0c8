package io.socketharness.internal.capture;

import io.socketharness.recording.Event;
import java.util.List;

/** Makes the packets of one connection from its events. */
interface Flow {

    /** The longest data in a packet, which a longer event fills before the next one. */
    int mostData();

    /**
     * Adds the packets of the next event.
     *
     * @return those that can have comments, in order; empty if the event is not visible on the wire
     */
    List<Captured> add(Event event);

    /** The packets so far, in order. */
    List<Captured> packets();
}
