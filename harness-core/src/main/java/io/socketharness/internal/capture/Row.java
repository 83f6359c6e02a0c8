package io.socketharness.internal.capture;

import io.socketharness.internal.recording.DialogueLine;
import io.socketharness.internal.recording.RecordedStep;
import io.socketharness.recording.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the time line of a page. */
sealed interface Row {

    /** The time in nanoseconds since the start of the page. */
    long at();

    /** When it was over. */
    default long end() {
        return at();
    }

    /** The index of its connection in the page; -1 for none. */
    int connection();

    /**
     * What was read or written at once.
     *
     * @param at when it began
     * @param end when its last byte was read or written
     * @param all its messages, at least one
     * @param lost how the simulated network has lost it, in words; empty if it did not
     */
    record Data(long at, long end, int connection, RowLines all, String lost) implements Row {

        /** Those that are kept. */
        List<Line> lines() {
            return all.kept();
        }

        boolean isFromClient() {
            return lines().get(0).message().direction() == DialogueLine.Direction.FROM_CLIENT;
        }

        /** The number of reads or writes. */
        int parts() {
            return lines().get(0).message().span().parts();
        }

        boolean hasFailed() {
            return lines().stream().anyMatch(Line::failed);
        }
    }

    /**
     * A message.
     *
     * @param step the step that has sent or received it, if it is known
     * @param failed whether the script failed at it
     */
    record Line(DialogueLine.Message message, @Nullable RecordedStep step, boolean failed) {}

    /** Another event, in words. */
    record Happening(long at, int connection, Event.Kind kind, String words) implements Row {}

    /** A datagram of the client that the simulated network has lost. */
    record Lost(long at, int connection, String words) implements Row {}

    /** A sentence of the page itself. */
    record Remark(long at, int connection, String words, boolean failed) implements Row {}
}
