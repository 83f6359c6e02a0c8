package io.socketharness.internal;

import java.util.Objects;
import java.util.stream.Collectors;

/** What was thrown, in words for messages. */
public final class ThrownText {

    private static final int LONGEST = 300;
    private static final int LONGEST_LINE = 1000;
    private static final int MOST_LINES = 10;

    private ThrownText() {}

    /**
     * Type and message in one line.
     *
     * @param thrown the exception
     * @return such as {@code java.io.EOFException: connection closed}; a long text is shortened
     */
    public static String inOneLine(Throwable thrown) {
        String words = text(thrown)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        return shortened(words, LONGEST);
    }

    /**
     * Type and message, with the lines that the message has.
     *
     * @param thrown the exception
     * @return the text without empty lines; the first ten of many lines, and of long lines the beginning
     */
    public static String inLines(Throwable thrown) {
        return text(thrown)
                .lines()
                .filter(line -> !line.isBlank())
                .limit(MOST_LINES)
                .map(line -> shortened(line, LONGEST_LINE))
                .collect(Collectors.joining("\n"));
    }

    /**
     * The message of an assertion; type and message of another exception.
     *
     * @param failure the failure of a test
     * @return an assertion's message as it is, and other text as by {@link #inLines}
     */
    public static String ofFailure(Throwable failure) {
        String message = null;
        try {
            message = failure instanceof AssertionError ? failure.getMessage() : null;
        } catch (RuntimeException | Error noMessage) {
            // the type remains
        }
        return message == null ? inLines(failure) : message;
    }

    /** An exception of a user may have no text, or throw when it is asked for it. */
    private static String text(Throwable thrown) {
        try {
            return Objects.requireNonNullElseGet(
                    thrown.toString(), () -> thrown.getClass().getName());
        } catch (RuntimeException | Error noText) {
            return thrown.getClass().getName();
        }
    }

    private static String shortened(String words, int longest) {
        return words.length() > longest ? words.substring(0, longest) + "…" : words;
    }
}
