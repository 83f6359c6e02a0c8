package io.socketharness.sweep;

import io.socketharness.FakeServer;

/** A test that a {@link Sweep} runs many times. */
@FunctionalInterface
public interface SweptTest {

    /**
     * Runs the client against a server, and asserts on the result.
     *
     * @param server a server of this run alone
     * @throws Exception if the client fails
     */
    void run(FakeServer server) throws Exception;
}
