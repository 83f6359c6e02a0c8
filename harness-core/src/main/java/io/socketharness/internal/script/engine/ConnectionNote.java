package io.socketharness.internal.script.engine;

/**
 * The state of a connection, for a test that has failed without a fault there.
 *
 * @param text the state, what to do about it, and the dialogue
 * @param inOneLine server, connection, the state and what to do about it; empty if only the dialogue is known
 */
public record ConnectionNote(String text, String inOneLine) {}
