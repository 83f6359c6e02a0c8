package io.socketharness.cli;

import io.socketharness.FakeServer;
import io.socketharness.spi.ObservedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A server of the program. */
final class RunningServer implements AutoCloseable {

    private static final int MOST_REPORTS = 1_000;

    private final PlannedServer plan;
    private final ObservedServer observed;
    /** The first lines of the reports so far; later text of the same report may differ. */
    private final Set<String> shown = new LinkedHashSet<>();

    private final List<String> reports = new ArrayList<>();
    private int failureCount;

    RunningServer(PlannedServer plan, ObservedServer observed) {
        this.plan = plan;
        this.observed = observed;
    }

    PlannedServer plan() {
        return plan;
    }

    FakeServer server() {
        return observed.server();
    }

    ObservedServer observed() {
        return observed;
    }

    String name() {
        return plan.name();
    }

    String uri() {
        return server().uri().toString();
    }

    /** The line that says that it accepts clients. */
    String readyLine() {
        return "ready " + uri() + (name().isEmpty() ? "" : " " + name());
    }

    /** Returns the failures among these that were not returned before. */
    synchronized List<String> newFailures(List<String> all) {
        List<String> fresh = new ArrayList<>();
        Set<String> first = new LinkedHashSet<>();
        for (String words : all) {
            String report = CommandWords.of(words);
            String subject = report.lines().findFirst().orElse(report);
            first.add(subject);
            if (shown.add(subject)) {
                fresh.add(report);
            }
        }
        // those of connections that were forgotten do not come again
        shown.retainAll(first);
        failureCount += fresh.size();
        fresh.stream().limit(Math.max(0, MOST_REPORTS - reports.size())).forEach(reports::add);
        return fresh;
    }

    synchronized int failureCount() {
        return failureCount;
    }

    /** The reports of the first failures. */
    synchronized List<String> failures() {
        return List.copyOf(reports);
    }

    Optional<Path> authority() {
        return ClientEnvironment.authority(server());
    }

    @Override
    public void close() {
        observed.close();
    }
}
