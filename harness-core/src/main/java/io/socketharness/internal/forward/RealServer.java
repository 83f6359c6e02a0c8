package io.socketharness.internal.forward;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection to a real server. One thread reads, and another one writes; any thread may end it. */
interface RealServer {

    /** Waits for data, and returns it; null at its end (FIN). */
    byte @Nullable [] read() throws IOException;

    /** Writes all data; waits while the real server does not read. */
    void write(byte[] data) throws IOException;

    /** Whether TLS has ended without a close_notify. */
    default boolean isTruncated() {
        return false;
    }

    /**
     * Sends a FIN, after a close_notify with TLS. Datagrams have none.
     *
     * @param truncates whether TLS ends without a close_notify
     */
    void shutdownOutput(boolean truncates) throws IOException;

    /** Resets the connection; closes it where there is no RST. */
    void reset();

    void close();
}
