package io.socketharness.cli;

import io.socketharness.sweep.SweepRun;
import java.util.function.Consumer;

/** Shows the progress of a sweep on the standard error: failures at once, and the number of runs every few seconds. */
final class SweepProgress implements Consumer<SweepRun> {

    private static final long INTERVAL = 5_000_000_000L;

    private final Console console;
    private long shown = System.nanoTime();
    private int runs;
    private int failures;

    SweepProgress(Console console) {
        this.console = console;
    }

    @Override
    public void accept(SweepRun run) {
        runs++;
        if (run.fails()) {
            failures++;
            console.message(run.toString());
        }
        if (System.nanoTime() - shown > INTERVAL) {
            shown = System.nanoTime();
            console.message(Totals.count(runs, "run") + " so far, " + Totals.failures(failures));
        }
    }
}
