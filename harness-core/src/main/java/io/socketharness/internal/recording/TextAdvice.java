package io.socketharness.internal.recording;

import io.socketharness.internal.WatchedText;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Recognizes common mistakes in the difference between two texts. */
final class TextAdvice {

    /** Longer texts are not matched against a regular expression. */
    private static final int LONGEST = 200;

    /** Typical of regular expressions, rare in lines of text. */
    private static final Pattern EXPRESSION = Pattern.compile("[.\\])}][*+?]|\\\\[dDsSwWb]|\\[[^]]+][*+]");

    /** How many characters an expression may read in all. */
    private static final int MOST_READS = 100_000;

    private TextAdvice() {}

    /** A sentence, or an empty string. */
    static String of(String expected, String received) {
        if (expected.equalsIgnoreCase(received)) {
            return "The texts differ only in upper and lower case.";
        }
        if (expected.stripTrailing().equals(received.stripTrailing())) {
            return "The texts differ only in the white space at the end.";
        }
        if (received.startsWith(expected + "\r")) {
            return "The client sent CR without LF, which does not end a line.";
        }
        return isMatch(expected, received)
                ? "The received text matches the expected text as a regular expression: did you mean C~ (expectMatch)?"
                : "";
    }

    private static boolean isMatch(String expected, String received) {
        if (expected.length() > LONGEST
                || received.length() > LONGEST
                || !EXPRESSION.matcher(expected).find()) {
            return false;
        }
        try {
            return Pattern.matches(expected, new WatchedText(received, MOST_READS, TextAdvice::giveUp));
        } catch (PatternSyntaxException | CancellationException | StackOverflowError noMatch) {
            return false;
        }
    }

    private static void giveUp() {
        throw new CancellationException("the expression takes too long");
    }
}
