package io.socketharness.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;

/** A running server on the loopback address. */
interface Server extends AutoCloseable {

    int port();

    @Override
    void close() throws IOException;

    /** Waits for a thread of a server that is being closed. */
    static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before " + thread.getName() + " ended");
        }
    }
}
