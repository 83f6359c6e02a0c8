package io.socketharness.tls;

/** Whether a server requests a certificate from its clients. */
public enum ClientCertificate {
    /** The server does not request a certificate. */
    NONE,
    /**
     * The server requests a certificate. The client may send none. A certificate of another authority fails the
     * handshake.
     */
    WANTED,
    /** The server requires a certificate. Without one, or with one of another authority, the handshake fails. */
    NEEDED
}
