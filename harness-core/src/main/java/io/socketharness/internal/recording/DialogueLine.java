package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.time.Duration;

/** A line of a {@link Dialogue}. */
public sealed interface DialogueLine {

    /** The time since the origin of the recording. */
    Duration at();

    /** The sender of a message. */
    enum Direction {
        FROM_CLIENT('C'),
        FROM_SERVER('S');

        public final char letter;

        Direction(char letter) {
            this.letter = letter;
        }

        static Direction of(Event.Kind kind) {
            return kind == Event.Kind.SENT ? FROM_SERVER : FROM_CLIENT;
        }
    }

    /** How a script writes a message. */
    enum Form {
        /** A line of text. */
        LINE(':'),
        /** Text that is not a line. */
        TEXT('<'),
        HEX('!');

        final char sign;

        Form(char sign) {
            this.sign = sign;
        }
    }

    /** How a line ended in the transmitted bytes. */
    enum Eol {
        CRLF("crlf"),
        LF("lf"),
        NONE("none");

        public final String word;

        Eol(String word) {
            this.word = word;
        }
    }

    /**
     * When a message was read or written.
     *
     * @param begin the time of the part with its first byte
     * @param end the time of the part with its last byte
     * @param parts the number of reads or writes; 1 if it is not known
     */
    record Span(Duration begin, Duration end, int parts) {

        static Span at(Duration once) {
            return new Span(once, once, 1);
        }
    }

    /**
     * Transmitted bytes.
     *
     * @param content without the end of a line, and without the rest of a frame
     * @param bytes as transmitted
     * @param span when and in how many parts it was read or written
     * @param joined whether all of it is in the same read or write as the line before it
     * @param remark more details; may be empty
     */
    record Message(
            Direction direction,
            Form form,
            Bytes content,
            Bytes bytes,
            Eol eol,
            Span span,
            boolean joined,
            String remark)
            implements DialogueLine {

        /** When its last byte was read or written. */
        @Override
        public Duration at() {
            return span.end();
        }

        /** The marker of the line in a script. */
        public String marker() {
            return "" + direction.letter + form.sign;
        }
    }

    /**
     * An event that is not a message, or bytes that are not kept.
     *
     * @param detail more details; empty if the kind says everything, so that its step can repeat the event
     */
    record Remark(Event.Kind kind, String detail, Duration at) implements DialogueLine {

        public String words() {
            return detail.isEmpty() ? kind.toString() : detail;
        }

        /** The direction of bytes that are not kept; empty for other events. */
        String marker() {
            return kind == Event.Kind.SENT || kind == Event.Kind.RECEIVED
                    ? String.valueOf(Direction.of(kind).letter)
                    : "";
        }
    }
}
