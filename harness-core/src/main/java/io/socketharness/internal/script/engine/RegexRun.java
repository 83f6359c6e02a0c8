package io.socketharness.internal.script.engine;

import io.socketharness.internal.Durations;
import io.socketharness.internal.WatchedText;
import io.socketharness.script.Connection;
import io.socketharness.script.ServerClosed;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matches a user's regular expression. Some expressions need a deeper recursion than the stack allows, and some never
 * end: then it fails with a sentence. For steps and assertions.
 */
public final class RegexRun {

    /** The expression did not finish. The message contains the reason and a remedy. */
    public static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /** The least time limit: a short wait is no reason to give up. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** The place of a difference is worth no longer a wait: a text that does not match may be no failure. */
    private static final Duration MOST_FOR_PLACE = Duration.ofMillis(100);

    private static final int READS_BETWEEN_CHECKS = 4096;

    private final String shown;
    private final int bytes;
    private final BooleanSupplier stopped;
    private final Matcher matcher;
    private Duration limit;
    private long start = System.nanoTime();

    /**
     * A run that has not begun.
     *
     * @param pattern the expression
     * @param shown the expression, in messages
     * @param text to match
     * @param bytes the length of the text as transmitted
     * @param limit of {@link #matches}; at least a second
     * @param stopped whether to give up because the server is closed
     */
    public RegexRun(Pattern pattern, String shown, String text, int bytes, Duration limit, BooleanSupplier stopped) {
        this.shown = shown;
        this.bytes = bytes;
        this.limit = limit.compareTo(LEAST) > 0 ? limit : LEAST;
        this.stopped = stopped;
        this.matcher = pattern.matcher(new WatchedText(text, READS_BETWEEN_CHECKS, this::check));
    }

    /**
     * A run on a message of a connection. The server's timeout is its limit, and it ends when the server is closed.
     *
     * @param connection whose charset the message is in
     * @param pattern the expression
     * @param shown the expression, in messages
     * @param message to match
     * @return a run that has not begun
     */
    public static RegexRun on(Connection connection, Pattern pattern, String shown, byte[] message) {
        Conversation conversation = ScriptConnection.of(connection).conversation();
        return new RegexRun(
                pattern,
                shown,
                new String(message, connection.charset()),
                message.length,
                conversation.timeout(),
                conversation::isStopped);
    }

    /**
     * Matches the whole text.
     *
     * @return whether it matches
     * @throws Failed if it does not finish
     * @throws ServerClosed if it was stopped
     */
    public boolean matches() {
        try {
            return matcher.matches();
        } catch (StackOverflowError tooDeep) {
            throw failed(
                    "recurses too deeply",
                    "Java recurses for each repetition of a group with alternatives; write a character class, such as"
                            + " [ab]*, or a possessive quantifier, such as (?:a|b)*+");
        }
    }

    private Failed failed(String what, String advice) {
        return new Failed("the regular expression \"" + shown + "\" " + what + " for " + bytes
                + (bytes == 1 ? " byte: " : " bytes: ") + advice);
    }

    /**
     * Finds where a text stops matching.
     *
     * @return the length of the longest beginning that matches, or that more text could make match; nothing if that takes
     *     long or needs too deep a recursion
     * @throws ServerClosed if it was stopped
     */
    public OptionalInt matchedLength() {
        start = System.nanoTime();
        limit = MOST_FOR_PLACE;
        try {
            return OptionalInt.of(longestPossible());
        } catch (Failed noResult) {
            return OptionalInt.empty();
        }
    }

    private int longestPossible() {
        int possible = 0;
        int impossible = matcher.regionEnd() + 1;
        while (impossible - possible > 1) {
            int middle = (possible + impossible) / 2;
            matcher.region(0, middle);
            if (matches() || matcher.hitEnd()) {
                possible = middle;
            } else {
                impossible = middle;
            }
        }
        return possible;
    }

    /**
     * Whether more text could change the result.
     *
     * @return whether the match reached the end of the text
     */
    public boolean hitEnd() {
        return matcher.hitEnd();
    }

    /**
     * The text that a named group has matched.
     *
     * @param name its name
     * @return the text, empty if the group took no part
     */
    public String group(String name) {
        String value = matcher.group(name);
        return value == null ? "" : value;
    }

    private void check() {
        if (stopped.getAsBoolean()) {
            throw new ServerClosed();
        }
        if (Duration.ofNanos(System.nanoTime() - start).compareTo(limit) > 0) {
            throw failed(
                    "did not finish within " + Durations.describe(limit),
                    "nested or repeated quantifiers try every way to split the text; write one quantifier, such as a+"
                            + " in place of (a+)+, or a possessive one, such as (?:a+)++");
        }
    }
}
