package io.socketharness.testing;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The time that the processor works for the calling thread: on a busy machine it is the same. */
public final class CpuTime {

    private CpuTime() {}

    /** Code that may fail. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    public static Duration of(Action action) throws Exception {
        long before = now();
        action.run();
        return Duration.ofNanos(now() - before);
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
