package io.socketharness.cli;

import java.io.IOException;
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
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static void end(Process process) throws InterruptedException {
        // a terminal sends Ctrl-C to the command, too
        if (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
            process.destroy();
            if (!process.waitFor(GRACE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
