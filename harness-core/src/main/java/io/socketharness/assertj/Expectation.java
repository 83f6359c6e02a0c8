package io.socketharness.assertj;

import java.util.function.Predicate;

/** What bytes are to be like. */
interface Expectation {

    /** What is expected, behind "expected to receive". */
    String words();

    boolean holds(Traffic traffic);

    /** Whether it holds, for traffic of one exchange that is asked about again and again, as it grows. */
    default Predicate<Traffic> watch() {
        return this::holds;
    }

    /** Whether it can hold once more has come, where it does not hold yet. */
    boolean canComeToHold(Traffic traffic);

    /** Whether a recording of datagrams is asked for a single one of them. */
    boolean speaksOfOneMessage();

    /** How close the traffic comes to what is expected; more is closer. */
    int closeness(Traffic traffic);

    /** The expected and the transmitted bytes, one below the other. */
    String comparison(Traffic traffic, Direction direction);

    /** What is to be equal to {@link #actual}, for tools that show two texts side by side; empty where nothing is. */
    default String expected() {
        return "";
    }

    /** What {@link #expected} is to be equal to. */
    default String actual(Traffic traffic) {
        return "";
    }
}
