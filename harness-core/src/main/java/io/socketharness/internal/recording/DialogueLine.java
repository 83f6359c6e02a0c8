package io.socketharness.internal.recording;

import io.socketharness.recording.Bytes;
import io.socketharness.recording.Event;
import java.time.Duration;

/** A line of a {@link Dialogue}. */
sealed interface DialogueLine {

    /** When it was seen, since the origin of the recording. */
    Duration at();

    /** Who sent a message. */
    enum Direction {
        FROM_CLIENT('C'),
        FROM_SERVER('S');

        final char letter;

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

    /** How a line ended on the wire. */
    enum Eol {
        CRLF("crlf"),
        LF("lf"),
        NONE("none");

        final String word;

        Eol(String word) {
            this.word = word;
        }
    }

    /**
     * Bytes that went over the wire.
     *
     * @param content without the end of a line
     * @param remark more in words; may be empty
     */
    record Message(Direction direction, Form form, Bytes content, Eol eol, Duration at, String remark)
            implements DialogueLine {

        /** What stands before the content in a script. */
        String marker() {
            return "" + direction.letter + form.sign;
        }
    }

    /**
     * An event that is no message, or bytes that are not kept.
     *
     * @param detail more in words; empty where the event went as its kind says, so that its step does the same again
     */
    record Remark(Event.Kind kind, String detail, Duration at) implements DialogueLine {

        String words() {
            return detail.isEmpty() ? kind.toString() : detail;
        }

        /** Whose bytes are not kept; empty for an event that is no message. */
        String marker() {
            return kind == Event.Kind.SENT || kind == Event.Kind.RECEIVED
                    ? String.valueOf(Direction.of(kind).letter)
                    : "";
        }
    }
}
