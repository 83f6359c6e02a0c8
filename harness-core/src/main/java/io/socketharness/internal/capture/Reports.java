package io.socketharness.internal.capture;

import io.socketharness.internal.recording.Report;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What failed in a test.
 *
 * @param failures the failures; the first one is the cause
 * @param notes the states of servers without a failure, which may explain the failure of the test
 */
public record Reports(List<Report> failures, List<Report> notes) {

    /** For a test without failures. */
    public static final Reports NONE = failures(List.of());

    /** Failures without notes. */
    public static Reports failures(List<Report> failures) {
        return new Reports(failures, List.of());
    }

    /** The failures, and then the notes. */
    List<Report> all() {
        return Stream.concat(failures.stream(), notes.stream()).toList();
    }

    /** The same with changed texts. */
    Reports with(UnaryOperator<String> change) {
        return new Reports(
                failures.stream().map(report -> report.map(change)).toList(),
                notes.stream().map(report -> report.map(change)).toList());
    }
}
