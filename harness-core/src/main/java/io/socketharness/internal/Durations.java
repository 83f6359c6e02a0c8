package io.socketharness.internal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in text: a whole number and a unit, such as {@code 200ms}. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,19}) ?(ns|us|µs|ms|s|m|h|d)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            86_400_000_000_000L);
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final String[] UNITS = {"d", "h", "m", "s", "ms", "us", "ns"};

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text a whole number and one of {@code ns us ms s m h d}, such as {@code 200ms} or {@code 5s}
     * @return the duration
     * @throws IllegalArgumentException if it is not of that form, or over a hundred years
     */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (form.matches()) {
            BigInteger nanos = new BigInteger(form.group(1)).multiply(BigInteger.valueOf(nanos(form.group(2))));
            if (nanos.compareTo(BigInteger.valueOf(LONGEST.toNanos())) > 0) {
                throw new IllegalArgumentException("\"" + text + "\" is longer than a hundred years");
            }
            return Duration.ofNanos(nanos.longValue());
        }
        throw new IllegalArgumentException("\"" + text
                + "\" is not a duration; a whole number with ns, us, ms, s, m, h or d is allowed, such as 200ms");
    }

    /**
     * Writes a duration in the largest unit that gives a whole number.
     *
     * @param duration from 0 to a hundred years
     * @return text that {@link #parse} reads back
     */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        for (String unit : UNITS) {
            if (nanos != 0 && nanos % nanos(unit) == 0) {
                return nanos / nanos(unit) + unit;
            }
        }
        return "0s";
    }

    /**
     * Writes a duration for people, in messages.
     *
     * @param duration rounded down to milliseconds
     * @return such as {@code 5 s} or {@code 200 ms}
     */
    public static String describe(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    public static Duration requireNotNegative(String what, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " is " + duration + "; from 0 to a hundred years is allowed");
        }
        return duration;
    }

    public static Duration requirePositive(String what, Duration duration) {
        if (duration.isZero()) {
            throw new IllegalArgumentException(what + " is 0; from 1 ns to a hundred years is allowed");
        }
        return requireNotNegative(what, duration);
    }

    private static long nanos(String unit) {
        return NANOS.getOrDefault(unit, 1L);
    }
}
