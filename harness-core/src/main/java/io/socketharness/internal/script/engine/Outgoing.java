package io.socketharness.internal.script.engine;

/** A message to send. Its bytes are computed while no other thread sends. */
@FunctionalInterface
interface Outgoing {

    /** The bytes, which are sent next. */
    byte[] bytes();

    /** Notes that all of them were sent, before another thread can send. */
    default void sent() {}

    /** Notes that not all of them were sent. */
    default void notSent() {}
}
