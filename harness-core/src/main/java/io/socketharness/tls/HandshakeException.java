package io.socketharness.tls;

import java.io.IOException;

/** A handshake that failed; the message says why in words of this library, the same on every JDK. */
public final class HandshakeException extends IOException {

    private static final long serialVersionUID = 1;

    HandshakeException(String message, Throwable cause) {
        super(message, cause);
    }

    HandshakeException(String message) {
        super(message);
    }
}
