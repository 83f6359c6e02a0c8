package io.socketharness.internal.sweep;

import io.socketharness.recording.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names a message in one line, such as {@code S: 250 hello}. */
final class MessageLabel {

    private static final int LONGEST = 40;
    private static final int MOST_BYTES = 12;

    private MessageLabel() {}

    /** {@code text} is the message without its variable parts. */
    static String of(boolean fromServer, Bytes bytes, String text) {
        return (fromServer ? "S: " : "C: ") + (bytes.isText() ? line(text) : hex(bytes.toByteArray()));
    }

    private static String line(String latin1) {
        String text = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        if (latin1.indexOf('…') >= 0) {
            text = latin1;
        }
        String line = text.stripTrailing().replace("\r", "").replace("\n", " ⏎ ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    private static String hex(byte[] bytes) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        return bytes.length <= MOST_BYTES ? hex.formatHex(bytes) : hex.formatHex(bytes, 0, MOST_BYTES) + " …";
    }
}
