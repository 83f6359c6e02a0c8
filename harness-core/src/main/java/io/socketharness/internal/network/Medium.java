package io.socketharness.internal.network;

/** The kinds of transports, as far as conditions distinguish them. */
public enum Medium {
    /** A stream that can be reset. */
    STREAM,
    /** A stream without a RST. */
    UNIX_STREAM,
    DATAGRAMS
}
