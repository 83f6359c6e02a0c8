package io.socketharness.internal;

import java.util.stream.Collectors;

/** What was thrown, in words for messages. */
public final class ThrownText {

    private static final int LONGEST = 300;
    private static final int MOST_LINES = 10;

    private ThrownText() {}

    /**
     * Type and message in one line.
     *
     * @param thrown the exception
     * @return such as {@code java.io.EOFException: connection closed}; a long text is shortened
     */
    public static String inOneLine(Throwable thrown) {
        String words = thrown.toString()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    /**
     * Type and message, with the lines that the message has.
     *
     * @param thrown the exception
     * @return the text without empty lines; the first ten of many lines
     */
    public static String inLines(Throwable thrown) {
        return thrown.toString()
                .lines()
                .filter(line -> !line.isBlank())
                .limit(MOST_LINES)
                .collect(Collectors.joining("\n"));
    }
}
