package io.socketharness.internal.script.text;

import io.socketharness.recording.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the escapes of {@code S<} and {@code C<}: {@code \r \n \t \0 \\ \xHH}. */
public final class Escapes {

    private Escapes() {}

    public static List<Template.Part> parse(String text) {
        List<Template.Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = ++i < text.length() ? text.charAt(i) : ' ';
            switch (kind) {
                case 'r' -> plain.append('\r');
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case '0' -> plain.append('\0');
                case '\\' -> plain.append('\\');
                case 'x' -> {
                    int value = hexByte(text, i + 1);
                    i += 2;
                    if (value < 128) {
                        plain.append((char) value);
                    } else {
                        parts.add(new Template.Text(plain.toString()));
                        plain.setLength(0);
                        parts.add(new Template.Raw(Bytes.of((byte) value)));
                    }
                }
                default -> {
                    String found = i < text.length() ? "\\" + kind : "a backslash at the end";
                    throw new MalformedText(i - 1, "found " + found + " where \\r \\n \\t \\0 \\\\ \\xHH are allowed");
                }
            }
        }
        parts.add(new Template.Text(plain.toString()));
        return parts;
    }

    /** The text with control characters and backslashes escaped. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\0' -> out.append("\\0");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ' || c == 127) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static int hexByte(String text, int at) {
        int high = at < text.length() ? digit(text.charAt(at)) : -1;
        int low = at + 1 < text.length() ? digit(text.charAt(at + 1)) : -1;
        if (high < 0 || low < 0) {
            String found = text.substring(Math.min(at, text.length()), Math.min(text.length(), at + 2));
            throw new MalformedText(at - 2, "found \\x" + found + " where \\xHH has two hexadecimal digits");
        }
        return high << 4 | low;
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
