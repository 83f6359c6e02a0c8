package io.socketharness.internal.capture;

import io.socketharness.internal.recording.DialogueLine;
import io.socketharness.recording.Event;
import java.util.List;

/** A row of the time line of a page. */
sealed interface Row {

    /** The time in nanoseconds since the start of the page. */
    long at();

    /** The index of its connection in the page; -1 for none. */
    int connection();

    /**
     * What was read or written at once.
     *
     * @param lines its messages, at least one
     * @param failed whether the script failed at it
     */
    record Data(long at, int connection, List<DialogueLine.Message> lines, boolean failed) implements Row {

        boolean isFromClient() {
            return lines.get(0).direction() == DialogueLine.Direction.FROM_CLIENT;
        }
    }

    /** Another event, in words. */
    record Happening(long at, int connection, Event.Kind kind, String words) implements Row {}

    /** A sentence of the page itself. */
    record Remark(long at, int connection, String words, boolean failed) implements Row {}
}
