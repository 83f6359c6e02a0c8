package io.socketharness.internal.capture;

import io.socketharness.recording.Event;
import java.util.List;

/** The packets of one connection. */
interface Flow {

    void add(Event event);

    /** The packets so far, in order. */
    List<Captured> packets();
}
