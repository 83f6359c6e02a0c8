package io.socketharness.assertj;

/** Entry point of the assertions. */
public final class SocketAssertions {
    private SocketAssertions() {}
}
