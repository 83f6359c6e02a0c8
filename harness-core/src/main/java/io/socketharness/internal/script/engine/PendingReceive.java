package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Bytes;
import io.socketharness.script.DeadlineExceeded;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The message that a receive waits for: what it is, how long it may take, and how much of it has come, in words. */
final class PendingReceive {

    private static final Bytes RETURN = Bytes.of((byte) '\r');

    /**
     * How long a receive may take.
     *
     * @param isSetting whether a step of the script sets it, and not the server or the code that receives
     */
    record Limit(Duration duration, boolean isSetting) {

        @Override
        public String toString() {
            String words = Durations.describe(duration);
            return "within " + words + (isSetting ? ", the limit that @within sets" : "");
        }
    }

    private String what = "";
    private @Nullable Limit limit;
    private long deadline;
    /** How long the message is, where its beginning has told that; else 0. */
    private volatile long whole;
    /** What the message, or the part of it that is read, ends with. */
    private volatile byte @Nullable [] terminator;

    void begin(String newWhat, @Nullable Limit within) {
        what = newWhat;
        whole = 0;
        terminator = null;
        limit = within;
        deadline = Input.deadline(within == null ? null : within.duration());
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

    DeadlineExceeded late(Bytes partial) {
        return new DeadlineExceeded(what + " did not arrive" + (limit == null ? "" : " " + limit) + arrived(partial));
    }

    /** How much has arrived, in words; empty if nothing has. */
    String arrived(Bytes partial) {
        if (partial.isEmpty()) {
            return "";
        }
        return "; " + partial.size() + (partial.size() == 1 ? " byte" : " bytes")
                + (terminator != null
                        ? " arrived, " + lack(terminator, partial)
                        : whole == 0 ? " arrived" : " of " + whole + " arrived");
    }

    private static String lack(byte[] end, Bytes partial) {
        if (!isLineFeed(end)) {
            return "without " + Bytes.of(end);
        }
        return partial.indexOf(RETURN, 0) < 0
                ? "without an end of line"
                : "with CR but without LF: a line ends with LF or CRLF";
    }

    private static boolean isLineFeed(byte[] delimiter) {
        return delimiter.length == 1 && delimiter[0] == '\n';
    }
}
