package io.socketharness.internal.sweep;

import io.socketharness.internal.runtime.Warnings;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Says in which runs of a sweep a test has ended the JVM. */
final class ExitNotice implements AutoCloseable {

    private final Set<String> runs = new ConcurrentSkipListSet<>();
    private final Thread hook = new Thread(this::print, "fault sweep exit");

    ExitNotice() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // the JVM ends already
        }
    }

    void begin(String run) {
        runs.add(run);
    }

    void end(String run) {
        runs.remove(run);
    }

    private void print() {
        if (!runs.isEmpty()) {
            Warnings.log("the JVM exits during a fault sweep, in the run: " + String.join("; ", runs));
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // the JVM ends already
        }
    }
}
