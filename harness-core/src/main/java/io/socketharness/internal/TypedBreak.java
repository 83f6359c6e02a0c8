package io.socketharness.internal;

/**
 * An end of line typed as escapes into a text without escapes ({@code S:} and {@code C:}): {@code \r\n} anywhere, or
 * {@code \n} at the end. It is most likely a mistake, so scripts have to write it in another way.
 */
public final class TypedBreak {

    private static final String CRLF = "\\r\\n";
    private static final String LF = "\\n";

    private TypedBreak() {}

    /** What was typed; empty if there is no such break. */
    public static String in(String text) {
        return text.contains(CRLF) ? CRLF : text.endsWith(LF) ? LF : "";
    }

    /** The text as a script writes it: empty braces separate the characters of the break, and mean nothing. */
    public static String quoted(String text) {
        String quoted = text.replace(CRLF, "\\r\\${}n");
        return quoted.endsWith(LF) ? quoted.substring(0, quoted.length() - 1) + "${}n" : quoted;
    }
}
