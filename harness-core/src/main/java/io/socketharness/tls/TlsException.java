package io.socketharness.tls;

import java.io.IOException;

/** TLS that failed, in the handshake or afterwards; the message says why, in words that do not change with the JDK. */
public final class TlsException extends IOException {

    private static final long serialVersionUID = 1;

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }

    TlsException(String message) {
        super(message);
    }
}
