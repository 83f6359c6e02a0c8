package io.socketharness.internal.script.engine;

/** Ends a receive because nothing arrives for a time. What has arrived of the message is unread again. */
final class Idle extends RuntimeException {

    private static final long serialVersionUID = 1;

    Idle() {
        super("nothing arrives", null, false, false);
    }
}
