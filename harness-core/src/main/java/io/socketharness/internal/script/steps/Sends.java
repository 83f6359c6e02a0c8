package io.socketharness.internal.script.steps;

import io.socketharness.script.Behaviour;

/** The steps that send on their own connection. */
final class Sends {

    private Sends() {}

    static boolean contains(Behaviour step) {
        return step instanceof SendLine
                || step instanceof SendText
                || step instanceof SendBytes
                || step instanceof SendResource;
    }
}
