package io.socketharness.internal.network;

/** How a direction of a stream ends. */
public enum End {
    /** Its sender half-closed it. */
    FIN,
    /** Its sender reset the connection. */
    RST,
    /** A condition half-closes it. */
    HALF_CLOSE,
    /** A condition closes the connection. */
    CLOSE,
    /** A condition resets the connection. */
    RESET;

    /** Whether a condition makes it. */
    public boolean isMade() {
        return this != FIN && this != RST;
    }
}
