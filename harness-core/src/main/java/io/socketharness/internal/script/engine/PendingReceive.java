package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.recording.Bytes;
import io.socketharness.script.DeadlineExceeded;
import io.socketharness.script.Eol;
import io.socketharness.script.Framing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The message that a receive waits for: its name, its time limit, and how much of it has arrived. */
final class PendingReceive {

    private static final Bytes RETURN = Bytes.of((byte) '\r');

    /**
     * The time limit of a receive.
     *
     * @param isSetting whether a step of the script sets it, rather than the server or the receiving code
     */
    record Limit(Duration duration, boolean isSetting) {

        @Override
        public String toString() {
            String words = Durations.describe(duration);
            return "within " + words + (isSetting ? ", the limit that @within sets" : "");
        }
    }

    /** Empty if nothing is awaited. */
    private volatile String what = "";

    private @Nullable Limit limit;
    private long deadline;
    /** The length of the message, if its beginning contains it; otherwise 0. */
    private volatile long whole;
    /** The terminator of the message, or of the part that is being read. */
    private volatile byte @Nullable [] terminator;
    /** The position of the input at which the message begins. */
    private volatile long start;
    /** The framing that applies to the message, if any. */
    private volatile @Nullable Framing framing;
    /** Whether the message is received as a line although there is a framing. */
    private volatile boolean asLine;

    /** The end of the line that was received; {@link Eol#NONE} if the message is not a line of a stream. */
    private Eol endOfLine = Eol.NONE;

    /** The bytes of the message, if they are known. */
    private volatile @Nullable ExpectedBytes expected;

    void begin(String newWhat, @Nullable Limit within, long position) {
        what = newWhat;
        start = position;
        framing = null;
        endOfLine = Eol.NONE;
        whole = 0;
        terminator = null;
        expected = null;
        limit = within;
        deadline = Input.deadline(within == null ? null : within.duration());
    }

    /** Sets the framing that applies to the message, and whether the message is received as a line nevertheless. */
    void applies(@Nullable Framing newFraming, boolean line) {
        asLine = line;
        framing = newFraming;
    }

    long start() {
        return start;
    }

    @Nullable
    Framing framing() {
        return framing;
    }

    boolean isAsLine() {
        return asLine;
    }

    /** Sets the end of the line that was received. */
    void endOfLine(Eol eol) {
        endOfLine = eol;
    }

    Eol endOfLine() {
        return endOfLine;
    }

    /** Sets the delimiter that ends the message. */
    void endsWith(byte[] delimiter) {
        terminator = delimiter;
    }

    /** Sets the length of the message. */
    void isOf(long bytes) {
        whole = bytes;
        terminator = null;
    }

    /** Sets the bytes of the message, or null if they are not known any more. */
    void expects(@Nullable ExpectedBytes bytes) {
        expected = bytes;
    }

    /** Whether a part of the message, which is not empty, is its beginning. */
    boolean isCut(Bytes partial) {
        ExpectedBytes known = expected;
        return known != null && !partial.isEmpty() && known.beginWith(partial);
    }

    void end() {
        what = "";
    }

    /** The name of the message; empty if nothing is awaited. */
    String what() {
        return what;
    }

    /** The deadline, in terms of {@link System#nanoTime()}. */
    long deadline() {
        return deadline;
    }

    void deadline(long newDeadline) {
        deadline = newDeadline;
    }

    DeadlineExceeded late(Bytes partial) {
        return new DeadlineExceeded(what + " did not arrive" + (limit == null ? "" : " " + limit) + arrived(partial));
    }

    /** How much has arrived, in words; empty if nothing has. */
    String arrived(Bytes partial) {
        if (partial.isEmpty()) {
            return "";
        }
        ExpectedBytes known = expected;
        if (known != null && known.beginWith(partial)) {
            return "; " + partial.size() + " of " + known.size() + " bytes arrived, "
                    + (partial.size() == 1 ? "" : "all ") + "as expected; missing: " + known.from(partial.size());
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
                : "with CR but without the LF that ends a line";
    }

    private static boolean isLineFeed(byte[] delimiter) {
        return delimiter.length == 1 && delimiter[0] == '\n';
    }
}
