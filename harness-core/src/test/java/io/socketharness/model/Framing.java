package io.socketharness.model;

import io.socketharness.recording.Bytes;
import java.io.ByteArrayOutputStream;

/** The framings of the scripts. */
enum Framing {
    NONE("none", 0),
    LENGTH_1("length 1", 1),
    LENGTH_2("length 2", 2),
    UNTIL_SEMICOLON("until ;", 0);

    static final byte DELIMITER = ';';

    private final String text;
    /** How many bytes the length has; 0 where there is none. */
    private final int prefix;

    Framing(String text, int prefix) {
        this.text = text;
        this.prefix = prefix;
    }

    int prefix() {
        return prefix;
    }

    /** What goes over the wire for a message. */
    Bytes frame(Bytes message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int place = prefix - 1; place >= 0; place--) {
            out.write(message.size() >>> 8 * place);
        }
        out.writeBytes(message.toByteArray());
        if (this == UNTIL_SEMICOLON) {
            out.write(DELIMITER);
        }
        return Bytes.of(out.toByteArray());
    }

    @Override
    public String toString() {
        return text;
    }
}
