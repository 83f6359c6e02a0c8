package io.socketharness.internal.recording;

import io.socketharness.internal.TypedBreak;
import io.socketharness.recording.Bytes;

/** Text as a line of a script: characters that would be read as a variable or stripped are marked. */
public final class Notation {

    private Notation() {}

    /**
     * For {@code S:} and {@code C:}. A literal <code>${</code> is doubled. Leading white space and typed breaks follow
     * empty braces.
     */
    public static String line(String text) {
        String quoted = TypedBreak.quoted(text.replace("${", "$${"));
        boolean blank = !text.isEmpty() && (text.charAt(0) == ' ' || text.charAt(0) == '\t');
        return blank ? "${}" + quoted : quoted;
    }

    /** For {@code S<} and {@code C<}. */
    public static String escapedBytes(Bytes bytes) {
        String quoted = bytes.escaped().replace("${", "$${");
        return !bytes.isEmpty() && bytes.at(0) == ' ' ? "\\x20" + quoted.substring(1) : quoted;
    }
}
