package io.socketharness.internal.script.engine;

/** What it takes for a step to be done without waiting, on datagrams. */
public enum Needs {
    /** Nothing: it neither waits nor takes long. */
    NOTHING,
    /** That a datagram is there, or that none can come any more. */
    INPUT,
    /** A thread of its own: it may wait, take long, or run code that may. */
    THREAD
}
