package io.socketharness.internal.recording;

import io.socketharness.recording.Event;
import java.util.EnumSet;
import java.util.Set;

/**
 * The state of an exchange: the kinds of events that it has, and whether more input can follow. Guarded by the
 * exchange's lock, except for {@link #inputEnded()}.
 */
final class ExchangeState {

    private static final Set<Event.Kind> ENDS = EnumSet.of(
            Event.Kind.HALF_CLOSED_BY_CLIENT,
            Event.Kind.RESET_BY_CLIENT,
            Event.Kind.TLS_FAILED,
            Event.Kind.CLOSED,
            Event.Kind.RESET_BY_SERVER);

    private final boolean datagrams;
    private final Set<Event.Kind> seen = EnumSet.noneOf(Event.Kind.class);
    private boolean released;
    private volatile boolean inputEnded;

    ExchangeState(boolean datagrams) {
        this.datagrams = datagrams;
    }

    void add(Event.Kind kind) {
        seen.add(kind);
        if (ENDS.contains(kind)) {
            inputEnded = true;
        }
    }

    boolean has(Event.Kind kind) {
        return seen.contains(kind);
    }

    boolean inputEnded() {
        return inputEnded;
    }

    /** Notes that the server reads nothing more. */
    void release() {
        released = true;
    }

    /**
     * Whether nothing more is recorded as received. A server that closes a connection drains late data for a while.
     */
    boolean isOver() {
        return released
                || datagrams && has(Event.Kind.TLS_FAILED)
                || has(Event.Kind.HALF_CLOSED_BY_CLIENT)
                || has(Event.Kind.RESET_BY_CLIENT);
    }
}
