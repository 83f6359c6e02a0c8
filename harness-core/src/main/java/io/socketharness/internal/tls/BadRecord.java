package io.socketharness.internal.tls;

import javax.net.ssl.SSLException;

/** Something of the client's that this library found to be no TLS: its message may quote the client, and is not the JDK's. */
final class BadRecord extends SSLException {

    private static final long serialVersionUID = 1;

    BadRecord(String message) {
        super(message);
    }
}
