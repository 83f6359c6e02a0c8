package io.socketharness.internal;

import io.socketharness.recording.Bytes;

/** Text that a client chooses, outside of its messages, such as the path of its socket. */
public final class ForeignText {

    private ForeignText() {}

    /** The text with escapes if it contains control characters, which a terminal would obey. */
    public static String shown(String text) {
        Bytes bytes = Bytes.ofText(text);
        return bytes.isText() ? text : bytes.escaped();
    }
}
