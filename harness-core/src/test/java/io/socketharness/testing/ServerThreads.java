package io.socketharness.testing;

import io.socketharness.FakeServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** The threads of servers that live, by their names, which have the server's address. */
public final class ServerThreads {

    private ServerThreads() {}

    /** The time that those of one server have run. */
    public static Duration cpuTime(FakeServer server) {
        return Duration.ofNanos(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(server.recording().title() + " "))
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
                .sum());
    }

    /** Waits until no thread of a connection of a server is alive; fails if one is alive after 20 s. */
    public static void awaitEndOfConnections(FakeServer server) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(server.recording().title() + " connection ")) {
                try {
                    thread.join(20_000);
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
                if (thread.isAlive()) {
                    throw new AssertionError(thread.getName() + " does not end");
                }
            }
        }
    }

    public static List<String> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("://127.0.0.1:"))
                .toList();
    }
}
