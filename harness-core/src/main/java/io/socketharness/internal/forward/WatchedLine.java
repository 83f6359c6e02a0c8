package io.socketharness.internal.forward;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Joins bytes to lines. */
final class WatchedLine {

    /** Lines that are longer are no commands and no answers. */
    private static final int LONGEST = 2048;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a byte; true if it ends the line. */
    boolean ends(byte next) {
        if (next != '\n' && bytes.size() < LONGEST) {
            bytes.write(next);
        }
        return next == '\n';
    }

    /** Returns the line without its end, and begins the next one. */
    String take() {
        String line = bytes.toString(StandardCharsets.ISO_8859_1);
        bytes.reset();
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
