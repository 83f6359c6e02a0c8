package io.socketharness.internal.recording;

import io.socketharness.internal.Durations;
import io.socketharness.internal.WatchedText;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches a recording for a user's regular expression. Some expressions need a deeper recursion than the stack allows,
 * and some never end: then the search fails with a sentence.
 */
public final class PatternSearch {

    /** The search did not finish. The message contains the reason and a remedy. */
    public static final class Failed extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /** A recording of the default limit takes less than a second. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int READS_BETWEEN_CHECKS = 4096;

    private PatternSearch() {}

    /**
     * Passes on each match.
     *
     * @param option the name of the option with the pattern, for messages
     * @throws Failed if it does not finish
     */
    public static void forEach(String option, Pattern pattern, String text, Consumer<Matcher> action) {
        forEach(option, pattern, text, LIMIT, action);
    }

    static void forEach(String option, Pattern pattern, String text, Duration limit, Consumer<Matcher> action) {
        long start = System.nanoTime();
        WatchedText watched = new WatchedText(text, READS_BETWEEN_CHECKS, () -> {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw failed(
                        option,
                        pattern,
                        "does not finish within " + Durations.describe(limit),
                        text,
                        "write one quantifier in place of nested ones, such as a+ in place of (a+)+");
            }
        });
        Matcher matcher = pattern.matcher(watched);
        try {
            while (matcher.find()) {
                action.accept(matcher);
            }
        } catch (StackOverflowError tooDeep) {
            throw failed(
                    option,
                    pattern,
                    "recurses too deeply",
                    text,
                    "write a character class in place of a group with alternatives, such as [ab]* or [\\s\\S]*?");
        }
    }

    private static Failed failed(String option, Pattern pattern, String what, String text, String advice) {
        return new Failed(option + " \"" + pattern + "\" " + what + " for " + text.length() + " characters: " + advice);
    }
}
