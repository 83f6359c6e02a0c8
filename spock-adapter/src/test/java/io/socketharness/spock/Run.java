package io.socketharness.spock;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.socketharness.testing.Reports;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** A run of specifications by Spock, and what came of it. */
final class Run {

    static final String CAPTURE = "socketharness.capture";

    private final EngineExecutionResults results;

    private Run(EngineExecutionResults results) {
        this.results = results;
    }

    /** Runs specifications of this package, by their simple names: Groovy is compiled after Java. */
    static Run of(String... specifications) {
        EngineTestKit.Builder kit = EngineTestKit.engine("spock");
        for (String specification : specifications) {
            kit.selectors(selectClass(Run.class.getPackageName() + "." + specification));
        }
        boolean isChosen = System.getProperty(CAPTURE) != null;
        if (isChosen) {
            return new Run(kit.execute());
        }
        System.setProperty(CAPTURE, "never");
        try {
            return new Run(kit.execute());
        } finally {
            System.clearProperty(CAPTURE);
        }
    }

    EngineExecutionResults results() {
        return results;
    }

    /** All features were run and passed; nothing around them failed. */
    void passed(int tests) {
        failures().values().stream().findFirst().ifPresent(failure -> {
            throw new AssertionError(failures().toString(), failure);
        });
        counts(tests, 0, 0);
    }

    /** The features, and beside those with a where: block their iterations. */
    void counts(int succeeded, int failed, int aborted) {
        results.testEvents()
                .assertStatistics(all ->
                        all.skipped(0).succeeded(succeeded).failed(failed).aborted(aborted));
    }

    /** What failed or was aborted, by the name of the feature, iteration or specification. */
    Map<String, Throwable> failures() {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        results.allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .forEach(event -> result(event)
                        .getThrowable()
                        .ifPresent(failure ->
                                failures.put(event.getTestDescriptor().getDisplayName(), failure)));
        return failures;
    }

    static TestExecutionResult result(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class);
    }

    /** What one feature, iteration or specification failed with. */
    Throwable failure(String name) {
        Throwable failure = failures().get(name);
        if (failure == null) {
            throw new AssertionError("failed are only " + failures());
        }
        return failure;
    }

    /** Its message, with ports and times made equal. */
    String message(String name) {
        return Reports.message(failure(name));
    }
}
