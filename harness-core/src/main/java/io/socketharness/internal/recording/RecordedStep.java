package io.socketharness.internal.recording;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A step that the script of an exchange has run, without secrets.
 *
 * @param at when it ended, as in events
 * @param place such as {@code step 2 of 5, in it step 1 of 3}
 * @param depth the number of blocks around it
 * @param text the first line of its text form
 * @param line the index of that line in the {@linkplain RecordedScript script}; empty if code runs the step
 * @param outcome how it ended
 * @param reason why it failed, in one line; otherwise empty
 * @param input the position of the input after it, in bytes of a stream or datagrams; empty if it received nothing
 * @param begun the number of events of the exchange when it began
 * @param events the number of events of the exchange when it ended
 * @param maySend whether it sends, or is code that may send
 */
public record RecordedStep(
        Duration at,
        String place,
        int depth,
        String text,
        OptionalInt line,
        Outcome outcome,
        String reason,
        OptionalLong input,
        int begun,
        int events,
        boolean maySend) {

    /** How a step ends. */
    public enum Outcome {
        /** The script continued with the next step. */
        DONE,
        /** The client was gone and did not get what the step sends. The script continued. */
        NOT_SENT,
        /** The script failed at it. */
        FAILED
    }

    /** Returns whether the script failed at it. */
    public boolean hasFailed() {
        return outcome == Outcome.FAILED;
    }

    /** Such as {@code step 3 of 7: C: QUIT}. */
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
