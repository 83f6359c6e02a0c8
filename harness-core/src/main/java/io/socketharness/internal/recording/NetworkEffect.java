package io.socketharness.internal.recording;

import io.socketharness.recording.Event;
import java.util.OptionalInt;

/**
 * What a network condition has done to data.
 *
 * @param event the index of the event of kind {@link Event.Kind#NETWORK} that describes it
 * @param direction {@link Event.Kind#SENT} or {@link Event.Kind#RECEIVED}
 * @param from the first event of this direction at or after this index has the data; empty if the data did not arrive
 * @param lost whether no copy of it reaches the other side
 */
public record NetworkEffect(int event, Event.Kind direction, OptionalInt from, boolean lost) {}
