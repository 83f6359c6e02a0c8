package io.socketharness.assertj;

import io.socketharness.internal.recording.ReportParagraph;
import java.util.List;
import java.util.function.Predicate;

/** An expectation about the bytes of a connection, a datagram or a direction. */
interface Expectation {

    /** Returns the expectation as text, to follow "expected to receive". */
    String words();

    boolean holds(Traffic traffic);

    /** Returns whether it is satisfied, for repeated checks of the growing traffic of one exchange. */
    default Predicate<Traffic> watch() {
        return this::holds;
    }

    /** Returns whether more bytes can satisfy it, if it is not satisfied yet. */
    boolean canComeToHold(Traffic traffic);

    /** Returns whether it applies to single datagrams in a recording of datagrams. */
    boolean speaksOfOneMessage();

    /** Returns how close the traffic is to the expectation; greater is closer. */
    int closeness(Traffic traffic);

    /** Returns expected and actual bytes, one below the other. */
    List<ReportParagraph> comparison(Traffic traffic, Direction direction);

    /**
     * Returns the text that {@link #actual} must equal, for tools that show a diff; empty if the expectation is not
     * equality.
     */
    default String expected() {
        return "";
    }

    /** Returns the text to compare with {@link #expected}. */
    default String actual(Traffic traffic) {
        return "";
    }
}
