package io.socketharness.internal.tls;

import javax.net.ssl.SSLException;

/** Malformed TLS that this library detected, not the JDK: its message may quote the client. */
final class BadRecord extends SSLException {

    private static final long serialVersionUID = 1;

    BadRecord(String message) {
        super(message);
    }
}
