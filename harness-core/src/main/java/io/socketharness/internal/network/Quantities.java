package io.socketharness.internal.network;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates and probabilities in text. */
final class Quantities {

    private static final Pattern RATE = Pattern.compile("(\\d{1,18}) ?([kKMG]?)B/s");
    /** With the digits of every double. */
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,400})?) ?%");

    private static final Map<String, Long> FACTORS =
            new TreeMap<>(Map.of("", 1L, "k", 1_000L, "K", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L));
    private static final String[] LARGEST_FIRST = {"G", "M", "k"};

    private Quantities() {}

    static long rate(String text) {
        Matcher form = RATE.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a bandwidth; a whole number with B/s, kB/s, MB/s or GB/s is allowed, such as"
                    + " 10kB/s (10,000 bytes per second)");
        }
        try {
            return Math.multiplyExact(Long.parseLong(form.group(1)), FACTORS.getOrDefault(form.group(2), 1L));
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("\"" + text + "\" is too large for a bandwidth", tooLarge);
        }
    }

    static String rate(long bytesPerSecond) {
        for (String unit : LARGEST_FIRST) {
            long factor = FACTORS.getOrDefault(unit, 1L);
            if (bytesPerSecond % factor == 0) {
                return bytesPerSecond / factor + unit + "B/s";
            }
        }
        return bytesPerSecond + "B/s";
    }

    static double probability(String text) {
        Matcher form = PERCENT.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a probability; a number from 0 to 100 with % is allowed");
        }
        return new BigDecimal(form.group(1)).movePointLeft(2).doubleValue();
    }

    static String percent(double probability) {
        BigDecimal percent = BigDecimal.valueOf(probability).movePointRight(2).stripTrailingZeros();
        return percent.toPlainString() + "%";
    }

    static void requireProbability(String what, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a " + what + " of "
                    + (Double.isFinite(probability) ? percent(probability) : String.valueOf(probability))
                    + " is out of range; 0% to 100% is allowed (in Java from 0.0 to 1.0)");
        }
    }

    static void requireNumber(String what, long number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " " + number + " is out of range; the first is 1");
        }
    }
}
