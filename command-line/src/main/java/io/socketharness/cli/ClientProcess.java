package io.socketharness.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command of the client, with the streams of the program. */
final class ClientProcess {

    /** How long a command may take to end after SIGTERM. */
    private static final long GRACE = 5;

    private ClientProcess() {}

    /** Returns the exit code of the command. A signal to the program ends the command, too. */
    static int run(Client client, Map<String, String> environment) throws InterruptedException {
        Process process;
        try {
            process = client.process(environment).inheritIO().start();
        } catch (IOException notRunnable) {
            throw Client.cannotRun(client.command(), notRunnable);
        }
        try {
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                if (Signals.isReceived()) {
                    end(process);
                }
            }
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    private static void end(Process process) throws InterruptedException {
        // when a shell has ended, its children are no longer its descendants
        List<ProcessHandle> children = process.descendants().toList();
        // a terminal sends Ctrl-C to the command, too
        if (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            process.destroy();
            children.forEach(ProcessHandle::destroy);
            if (!process.waitFor(GRACE, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        children.forEach(ProcessHandle::destroy);
    }
}
