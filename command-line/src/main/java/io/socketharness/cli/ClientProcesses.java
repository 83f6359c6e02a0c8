package io.socketharness.cli;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Processes that end with the program, also when a signal ends it. */
final class ClientProcesses {

    private final Set<Process> running = new HashSet<>();
    private boolean isExiting;

    ClientProcesses() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::exit, "socket-harness exit"));
    }

    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (isExiting) {
            throw new IllegalStateException("the program exits");
        }
        Process process = builder.start();
        running.add(process);
        return process;
    }

    synchronized void end(Process process) {
        running.remove(process);
        destroy(process);
    }

    private synchronized void exit() {
        isExiting = true;
        running.forEach(ClientProcesses::destroy);
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
