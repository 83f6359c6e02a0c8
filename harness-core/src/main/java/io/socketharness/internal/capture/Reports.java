package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Report;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What failed in a test.
 *
 * @param failures the failures; the first one is the cause
 * @param tolerated the failures of servers that do not fail the test, because they are not strict
 * @param notes the states of servers without a failure, which may explain the failure of the test
 * @param testFailedAt when the test itself failed, in terms of {@link System#nanoTime()}: the last failure is about that;
 *     empty if it did not, or because of a server
 */
public record Reports(List<Report> failures, List<Report> tolerated, List<Report> notes, OptionalLong testFailedAt) {

    /** For a test without failures. */
    public static final Reports NONE = failures(List.of());

    /** Failures without notes. */
    public static Reports failures(List<Report> failures) {
        return new Reports(failures, List.of(), List.of(), OptionalLong.empty());
    }

    /** The failure of the test itself. */
    Optional<Report> ofTest() {
        return testFailedAt.isPresent() ? Optional.of(failures.get(failures.size() - 1)) : Optional.empty();
    }

    boolean isOfTest(int index) {
        return testFailedAt.isPresent() && index == failures.size() - 1;
    }

    /** The failures, and then the others. */
    List<Report> all() {
        return Stream.of(failures, tolerated, notes).flatMap(List::stream).toList();
    }

    /** The same with changed texts. */
    Reports with(UnaryOperator<String> change) {
        return new Reports(
                failures.stream().map(report -> report.map(change)).toList(),
                tolerated.stream().map(report -> report.map(change)).toList(),
                notes.stream().map(report -> report.map(change)).toList(),
                testFailedAt);
    }
}
