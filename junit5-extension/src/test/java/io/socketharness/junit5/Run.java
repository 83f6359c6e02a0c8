package io.socketharness.junit5;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.socketharness.testing.Reports;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** A run of a fixture class by JUnit, and what came of it. */
final class Run {

    private final EngineExecutionResults results;

    private Run(EngineExecutionResults results) {
        this.results = results;
    }

    static Run of(Class<?>... fixtures) {
        return of(Map.of(), fixtures);
    }

    static Run of(Map<String, String> configuration, Class<?>... fixtures) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("socketharness.capture", "never")
                .configurationParameters(configuration);
        for (Class<?> fixture : fixtures) {
            kit.selectors(selectClass(fixture));
        }
        return new Run(kit.execute());
    }

    EngineExecutionResults results() {
        return results;
    }

    /** All tests were run and passed; nothing around them failed. */
    void passed(int tests) {
        failures().values().stream().findFirst().ifPresent(failure -> {
            throw new AssertionError(failures().toString(), failure);
        });
        counts(tests, 0, 0);
    }

    void counts(int succeeded, int failed, int aborted) {
        results.testEvents()
                .assertStatistics(all ->
                        all.skipped(0).succeeded(succeeded).failed(failed).aborted(aborted));
    }

    /** What failed, tests and containers, by the name of the method or class. */
    Map<String, Throwable> failures() {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        results.allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .forEach(event -> failure(event)
                        .ifPresent(failure -> failures.put(
                                event.getTestDescriptor()
                                        .getLegacyReportingName()
                                        .replaceAll("\\(.*|.*[.$]", ""),
                                failure)));
        return failures;
    }

    private static Optional<Throwable> failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class).getThrowable();
    }

    /** What one test or class failed with. */
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
