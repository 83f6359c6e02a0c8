package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Bytes;
import io.socketharness.script.DeadlineExceeded;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The message that a receive waits for: what it is, how long it may take, and how much of it has come, in words. */
final class PendingReceive {

    private String what = "";
    private @Nullable Duration limit;
    private long deadline;
    /** How long the message is, where its beginning has told that; else 0. */
    private volatile long whole;
    /** What the message, or the part of it that is read, ends with. */
    private volatile byte @Nullable [] terminator;

    void begin(String newWhat, @Nullable Duration within) {
        what = newWhat;
        whole = 0;
        terminator = null;
        limit = within;
        deadline = Input.deadline(within);
    }

    /** Says that the message ends with a delimiter. */
    void endsWith(byte[] delimiter) {
        terminator = delimiter;
    }

    /** Says that the message has so many bytes. */
    void isOf(long bytes) {
        whole = bytes;
        terminator = null;
    }

    String what() {
        return what;
    }

    /** When to give up, as {@link System#nanoTime()} tells time. */
    long deadline() {
        return deadline;
    }

    DeadlineExceeded late(long partial) {
        return new DeadlineExceeded(
                what + " did not come" + (limit == null ? "" : " within " + Durations.describe(limit)) + come(partial));
    }

    /** How much has come, in words; empty if nothing has. */
    String come(long partial) {
        if (partial == 0) {
            return "";
        }
        byte[] end = terminator;
        return "; " + partial + (partial == 1 ? " byte" : " bytes")
                + (end != null
                        ? " had come, without " + (isLineFeed(end) ? "an end of line" : Bytes.of(end))
                        : whole == 0 ? " had come" : " of " + whole + " had come");
    }

    private static boolean isLineFeed(byte[] delimiter) {
        return delimiter.length == 1 && delimiter[0] == '\n';
    }
}
