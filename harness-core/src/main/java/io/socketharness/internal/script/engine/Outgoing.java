package io.socketharness.internal.script.engine;

/** A message to send. Its bytes are computed while no other thread sends. */
@FunctionalInterface
interface Outgoing {

    /**
     * The bytes, which are sent next.
     *
     * @param ahead the number of bytes before them in the same write
     */
    byte[] bytes(int ahead);

    /** Notes that all of them were sent, before another thread can send. */
    default void sent() {}

    /** Notes that not all of them were sent. */
    default void notSent() {}
}
