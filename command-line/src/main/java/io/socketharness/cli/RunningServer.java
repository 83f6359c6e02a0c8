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

    private final PlannedServer plan;
    private final ObservedServer observed;
    /** The first lines of the reports that were shown; later text of the same report may differ. */
    private final Set<String> shown = new LinkedHashSet<>();

    private final List<String> reports = new ArrayList<>();

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

    /** The failures that were not returned before. */
    synchronized List<String> newFailures(List<String> all) {
        List<String> fresh = new ArrayList<>();
        for (String report : all) {
            if (shown.add(report.lines().findFirst().orElse(report))) {
                fresh.add(report);
            }
        }
        reports.addAll(fresh);
        return fresh;
    }

    /** All failures so far. */
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
