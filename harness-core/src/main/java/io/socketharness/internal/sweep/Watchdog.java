package io.socketharness.internal.sweep;

import io.socketharness.internal.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of a test. At the limit it notes the stack of the test's thread, ends the connections of the run,
 * because an interrupt does not end a read, and interrupts the thread until the test ends, for five seconds at most.
 */
final class Watchdog {

    private static final Duration GRACE = Duration.ofSeconds(5);
    /** Why a sweep ends when a test does not. */
    static final String NOT_ENDED =
            "a test did not end, although its connections were reset and its thread was interrupted for "
                    + Durations.describe(GRACE);

    private static final long BETWEEN_INTERRUPTS = 50;

    /** A test that took too long: a clause that says so, and where it was. */
    record Hang(String words, List<StackTraceElement> stack) {}

    private Thread test;
    private final Duration limit;
    private final Runnable endConnections;
    private final Runnable giveUp;
    private final Thread thread = new Thread(this::watch, "fault sweep watchdog");
    private boolean ended;
    private @Nullable Hang hang;

    /** {@code giveUp} runs if the test does not end. */
    Watchdog(Thread test, Duration limit, Runnable endConnections, Runnable giveUp) {
        this.test = test;
        this.limit = limit;
        this.endConnections = endConnections;
        this.giveUp = giveUp;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        long start = System.nanoTime();
        if (await(start + limit.toNanos())) {
            return;
        }
        synchronized (this) {
            if (ended) {
                return;
            }
            hang = new Hang("the test did not end within " + Durations.describe(limit), List.of(test.getStackTrace()));
        }
        endConnections.run();
        long last = System.nanoTime() + GRACE.toNanos();
        while (System.nanoTime() - last < 0) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                test.interrupt();
            }
            if (await(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BETWEEN_INTERRUPTS))) {
                return;
            }
        }
        giveUp.run();
    }

    /** Waits until the test has ended; false at the deadline. */
    private synchronized boolean await(long deadline) {
        for (long left = deadline - System.nanoTime(); !ended && left > 0; left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException never) {
                return ended;
            }
        }
        return ended;
    }

    /** Notes that the test continues on another thread. Returns the thread before. */
    synchronized Thread continueOn(Thread thread) {
        Thread before = test;
        test = thread;
        return before;
    }

    /** Notes that another time limit has ended the test. {@code words} is a clause that says so. */
    synchronized void endedBy(String words, List<StackTraceElement> stack) {
        if (hang == null) {
            hang = new Hang(words, stack);
        }
    }

    /** Notes that the test has ended, on its thread. Afterwards it is not interrupted any more. */
    synchronized Optional<Hang> end() {
        ended = true;
        notifyAll();
        // by this watchdog, or by the test itself
        Thread.interrupted();
        return Optional.ofNullable(hang);
    }

    /** The hang so far, for a test that does not end. */
    synchronized @Nullable Hang hang() {
        return hang;
    }
}
