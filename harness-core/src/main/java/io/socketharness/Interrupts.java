package io.socketharness;

import java.util.concurrent.CancellationException;

/** Ends a wait whose thread is interrupted: a selector would return at once for ever. */
final class Interrupts {

    private Interrupts() {}

    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while waiting for a client");
        }
    }
}
