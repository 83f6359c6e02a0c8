package io.socketharness.internal.script.engine;

/** What a step needs to run without waiting, on datagrams. */
public enum Needs {
    /** Nothing: it neither waits nor takes long. */
    NOTHING,
    /** A datagram, or the end of input. */
    INPUT,
    /** A separate thread: it may wait, take long, or run code that may. */
    THREAD
}
