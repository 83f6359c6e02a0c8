package io.socketharness.internal.recording;

/**
 * A line of a report, or several ones of the same kind.
 *
 * @param kind what it shows
 * @param text such as {@code received  PONG}
 */
public record ReportLine(Kind kind, String text) {

    /** What a line shows. */
    public enum Kind {
        /** An explanation. */
        WORDS,
        /** The expected data. */
        EXPECTED,
        /** The data that came. */
        RECEIVED,
        /** The place of the first difference. */
        MARK
    }
}
