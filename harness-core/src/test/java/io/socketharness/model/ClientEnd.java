package io.socketharness.model;

/** What a client does when it has sent what it sends. */
enum ClientEnd {
    /** Ends its output and reads until the server ends. */
    HALF_CLOSE,
    /** Closes the socket, with or without unread input. */
    CLOSE,
    /** Over TLS, closes the socket without a close_notify. */
    CUT,
    /** Sends a RST. */
    RESET,
    /** Nothing: it is still there when the server is judged. */
    OPEN;

    boolean isGone() {
        return this == CLOSE || this == CUT || this == RESET;
    }
}
