package io.socketharness.spock;

import io.socketharness.spi.TestSweep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** The iterations of sweeps, and what came of them. */
final class Sweeps {

    // the first use of the client loads classes, which can take longer than its time limit
    static {
        Run.of("SweptFirst");
    }

    private final Run run;

    private Sweeps(Run run) {
        this.run = run;
    }

    static Sweeps of(String... specifications) {
        return new Sweeps(Run.of(specifications));
    }

    /** Runs one fault. */
    static Sweeps only(String fault, String... specifications) {
        System.setProperty(TestSweep.ONLY, fault);
        try {
            return of(specifications);
        } finally {
            System.clearProperty(TestSweep.ONLY);
        }
    }

    private Stream<Event> iterations(EventType type) {
        return run.results().testEvents().stream()
                .filter(event -> event.getType() == type
                        && event.getTestDescriptor()
                                .getUniqueId()
                                .getLastSegment()
                                .getType()
                                .equals("iteration"));
    }

    private static String name(Event event) {
        return event.getTestDescriptor().getDisplayName();
    }

    /** The names of the iterations, in order. */
    List<String> names() {
        return iterations(EventType.STARTED).map(Sweeps::name).toList();
    }

    private List<Event> ended(Status status) {
        return iterations(EventType.FINISHED)
                .filter(event -> Run.result(event).getStatus() == status)
                .toList();
    }

    /** The names of the failed ones. */
    List<String> failed() {
        return ended(Status.FAILED).stream().map(Sweeps::name).toList();
    }

    /** How many iterations passed, failed and were aborted. */
    List<Integer> counts() {
        return Stream.of(Status.SUCCESSFUL, Status.FAILED, Status.ABORTED)
                .map(status -> ended(status).size())
                .toList();
    }

    /** The failures and aborts of the iterations. */
    List<Throwable> failures() {
        return iterations(EventType.FINISHED)
                .map(Run::result)
                .map(TestExecutionResult::getThrowable)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The first one. */
    Throwable failure() {
        return failures().stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no iteration has failed; others are " + outside()));
    }

    /** The failures of features and specifications, too. */
    Map<String, Throwable> outside() {
        return run.failures();
    }
}
