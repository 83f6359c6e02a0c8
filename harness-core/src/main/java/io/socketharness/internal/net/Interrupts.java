package io.socketharness.internal.net;

import io.socketharness.internal.recording.ExchangeRecorder;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What an interrupt does to the waits and channels of a server. */
public final class Interrupts {

    private Interrupts() {}

    /** Ends a wait whose thread is interrupted: a selector would return at once for ever. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while waiting for a client");
        }
    }

    /** Does what is short, and is to be done though the thread is interrupted; it stays so. */
    public static void defer(Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for a latch though the thread is interrupted; it stays so. */
    public static boolean await(CountDownLatch latch, long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps an interrupt from what does not wait: a channel would be closed by it. */
    public static void shield(ExchangeRecorder.IoAction action) throws IOException {
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
