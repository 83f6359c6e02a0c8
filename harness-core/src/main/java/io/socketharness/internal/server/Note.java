package io.socketharness.internal.server;

/**
 * The state of a server, for a test that has failed without a fault there.
 *
 * @param error the state of the connections
 * @param inOneLine the part that most likely explains the failure of the test; empty if there is none
 */
public record Note(AssertionError error, String inOneLine) {}
