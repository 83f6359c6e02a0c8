package io.socketharness.internal.recording;

/**
 * A line of a report, or several ones of the same kind.
 *
 * @param kind what it shows
 * @param text such as {@code received  PONG}
 * @param data the data in the text, such as {@code PONG}; empty if it is not kept
 */
public record ReportLine(Kind kind, String text, String data) {

    public ReportLine(Kind kind, String text) {
        this(kind, text, "");
    }

    static ReportLine labelled(Kind kind, String label, String data) {
        return new ReportLine(kind, label + data, data);
    }

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
