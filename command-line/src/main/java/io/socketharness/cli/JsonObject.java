package io.socketharness.cli;

import java.util.Locale;

/** Writes a JSON object with strings and numbers (RFC 8259). */
final class JsonObject {

    private final StringBuilder out = new StringBuilder("{");

    JsonObject with(String name, String value) {
        return member(name, quoted(value));
    }

    JsonObject with(String name, long value) {
        return member(name, String.valueOf(value));
    }

    private JsonObject member(String name, String value) {
        out.append(out.length() == 1 ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(value);
        return this;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    // a lone surrogate is not text in UTF-8
                    if (c < ' ' || c == 0x7f || Character.isSurrogate(c) && !isPair(text, i)) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    @Override
    public String toString() {
        return out + "}";
    }
}
