package io.socketharness;

import io.socketharness.recording.ExchangeRecorder;
import java.io.IOException;
import java.util.concurrent.CancellationException;

/** What an interrupt does to the waits and channels of a server. */
final class Interrupts {

    private Interrupts() {}

    /** Ends a wait whose thread is interrupted: a selector would return at once for ever. */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while waiting for a client");
        }
    }

    /** Keeps an interrupt from what does not wait: a channel would be closed by it. */
    static void shield(ExchangeRecorder.IoAction action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
