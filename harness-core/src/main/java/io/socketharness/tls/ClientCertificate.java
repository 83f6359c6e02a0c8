package io.socketharness.tls;

/** Whether a server asks its clients for a certificate of their own. */
public enum ClientCertificate {
    /** It does not ask. */
    NONE,
    /** It asks; a client may give none, but one of another authority fails the handshake. */
    WANTED,
    /** It asks, and fails the handshake of a client that gives none, or one of another authority. */
    NEEDED
}
