package io.socketharness.internal.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Conditions of datagrams, which have numbers. */
final class Datagrams {

    private Datagrams() {}

    static Optional<String> only(Medium medium, String reason) {
        return medium == Medium.DATAGRAMS ? Optional.empty() : Optional.of(reason);
    }

    /** The numbers in ascending order. */
    static List<Integer> check(String condition, int... numbers) {
        if (numbers.length == 0) {
            throw new IllegalArgumentException(
                    condition + " names no datagram; at least one number is needed, and the first datagram is 1");
        }
        for (int number : numbers) {
            Quantities.requireNumber("datagram", number);
        }
        return Arrays.stream(numbers).sorted().distinct().boxed().toList();
    }

    static boolean isAmong(List<Integer> numbers, long number) {
        return number <= Integer.MAX_VALUE && numbers.contains((int) number);
    }

    static String text(String condition, List<Integer> numbers) {
        return condition + " " + numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
