package io.socketharness.internal.runtime;

import java.util.Locale;

/** Whether a server accepts clients. */
public enum ServerState {
    /** It accepts clients. */
    LISTENING,
    /** Connects fail at once; on datagrams, sends do. */
    REFUSING,
    /** Connects get no answer. */
    IGNORING,
    /** It has ended. */
    CLOSED;

    /** The word in messages. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
