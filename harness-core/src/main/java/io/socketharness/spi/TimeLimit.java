package io.socketharness.spi;

import io.socketharness.FakeServer;
import io.socketharness.internal.server.ServerAccess;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The time limit of a test. When it is over, the servers of the test end their connections. A client that is blocked in a
 * read ignores the interrupt of a test framework; now its read ends, and so does the test.
 */
public final class TimeLimit implements AutoCloseable {

    /** The test framework interrupts the test first, and so knows that the limit was the reason. */
    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(100);

    private final ScheduledFuture<?> end;

    private TimeLimit(ScheduledFuture<?> end) {
        this.end = end;
    }

    /**
     * Starts the time of a test.
     *
     * @param limit how long the test may take
     * @param own the servers of the test when the limit is over; they refuse new connections from then on
     * @param shared the servers that other tests use too
     * @return the running time; close it when the test has ended
     */
    public static TimeLimit start(
            Duration limit, Supplier<Collection<FakeServer>> own, Supplier<Collection<FakeServer>> shared) {
        Runnable end = () -> {
            own.get().forEach(server -> ServerAccess.running(server).endConnections(true));
            shared.get().forEach(server -> ServerAccess.running(server).endConnections(false));
        };
        long millis = limit.plus(AFTER_INTERRUPT).toMillis();
        return new TimeLimit(Timer.SHARED.schedule(end, millis, TimeUnit.MILLISECONDS));
    }

    /** Stops the time: the test has ended. */
    @Override
    public void close() {
        end.cancel(false);
    }

    /** One thread for all tests, which ends when no test has a limit for a while. */
    private static final class Timer {

        static final ScheduledThreadPoolExecutor SHARED = create();

        private static ScheduledThreadPoolExecutor create() {
            ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "socket-harness time limits");
                thread.setDaemon(true);
                return thread;
            });
            timer.setRemoveOnCancelPolicy(true);
            timer.setKeepAliveTime(1, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
            return timer;
        }
    }
}
