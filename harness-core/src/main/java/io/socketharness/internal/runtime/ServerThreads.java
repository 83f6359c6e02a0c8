package io.socketharness.internal.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads of a server: started, and at the end waited for. They are daemons of the system on every JDK. A virtual thread
 * that waits for input is woken by way of another, which halves the rate of an exchange; and what a virtual listener starts
 * runs on another processor than its client, for as long as all are busy.
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
     * Waits for all threads, then has the channels closed, whatever the threads do that are left: those are interrupted, and
     * the ones that ignore that are named in a warning.
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
     * Waits for those too that one of them has started meanwhile: a listener a conversation, that one a port of its own.
     * An interrupt of the thread that waits is not one of theirs.
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
