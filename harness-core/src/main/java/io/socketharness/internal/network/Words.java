package io.socketharness.internal.network;

import io.socketharness.internal.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The words of a condition's text after its name, which are read from left to right. */
final class Words {

    static final String DIRECTIONS = "to client or to server is allowed";

    /** Such as {@code toClient}, {@code from server} or {@code to}. */
    private static final Pattern DIRECTION = Pattern.compile("to|(?i)(\\.?(to|from) ?)?(client|server)(\\(\\))?");

    private final String name;
    /** What is allowed, with an example. */
    private final String form;

    private final List<String> left;

    Words(String name, String form, List<String> words) {
        this.name = name;
        this.form = form;
        this.left = new ArrayList<>(words);
    }

    /** The next word. */
    String next(String what) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(name + " needs " + what + "; " + form);
        }
        return left.remove(0);
    }

    /** Whether the next word is this one, which is passed then. */
    boolean take(String word) {
        if (!left.isEmpty() && left.get(0).equals(word)) {
            left.remove(0);
            return true;
        }
        return false;
    }

    boolean hasNext() {
        return !left.isEmpty();
    }

    Duration duration(String what) {
        String word = next(what);
        try {
            return Durations.parse(word);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(name + ": " + wrong.getMessage());
        }
    }

    long number(String what) {
        String word = next(what);
        if (!word.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(name + " needs " + what + ", but found \"" + word + "\"; " + form);
        }
        return Long.parseLong(word);
    }

    int count(String what) {
        long number = number(what);
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    name + ": " + number + " is too large; at most " + Integer.MAX_VALUE + " is allowed");
        }
        return (int) number;
    }

    double probability() {
        String word = next("a probability");
        try {
            return Quantities.probability(word);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(name + ": " + wrong.getMessage() + "; " + form);
        }
    }

    int[] counts() {
        List<Integer> numbers = new ArrayList<>();
        do {
            numbers.add(count("the number of a datagram"));
        } while (hasNext());
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    <T> T end(T condition) {
        if (hasNext()) {
            String more = String.join(" ", left);
            throw new IllegalArgumentException("found \"" + more + "\" after " + condition + "; "
                    + (DIRECTION.matcher(more).matches() ? DIRECTIONS : form));
        }
        return condition;
    }
}
