package io.socketharness.internal.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads of a server. They are platform daemon threads on every JDK: a virtual thread that waits for input is
 * woken through another thread, which halves the rate of an exchange. Threads of a virtual listener run on another
 * processor than their client while all are busy.
 */
final class ServerThreads {

    private static final Duration QUIET_END = Duration.ofMillis(500);
    private static final Duration INTERRUPTED_END = Duration.ofMillis(400);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    Thread start(String name, Runnable task) {
        Thread thread = new Thread(() -> run(task), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /**
     * Waits for all threads, then closes the channels. Remaining threads are interrupted, and those that ignore it are
     * named in a warning.
     */
    void end(String server, Runnable release) {
        join(QUIET_END);
        release.run();
        List<Thread> left = left();
        if (!left.isEmpty()) {
            left.forEach(Thread::interrupt);
            join(INTERRUPTED_END);
            left().forEach(thread -> Warnings.log(stuck(server, thread)));
        }
    }

    private List<Thread> left() {
        List<Thread> left = new ArrayList<>(threads);
        left.remove(Thread.currentThread());
        left.removeIf(thread -> !thread.isAlive());
        return left;
    }

    /**
     * Also waits for threads that these threads have started in the meantime. Keeps the interrupt status of the caller.
     */
    private void join(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        boolean interrupted = false;
        long nanos = within.toNanos();
        for (List<Thread> left = left(); !left.isEmpty() && nanos > 0; left = left()) {
            try {
                left.get(0).join(Math.max(1, nanos / 1_000_000));
            } catch (InterruptedException later) {
                interrupted = true;
            }
            nanos = deadline - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String stuck(String server, Thread thread) {
        StringBuilder out = new StringBuilder(server)
                .append(" was closed, but the behaviour on thread \"")
                .append(thread.getName())
                .append("\" is still running and ignored interruption:");
        for (StackTraceElement element : thread.getStackTrace()) {
            out.append("\n  at ").append(element);
        }
        return out.toString();
    }
}
