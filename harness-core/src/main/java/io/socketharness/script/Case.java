package io.socketharness.script;

/**
 * A case of {@link Behaviours#match}: the message that it matches, and the steps that follow.
 *
 * <p>This interface is not for implementation: {@link Behaviours#when} and {@link Behaviours#otherwise} create cases.
 */
public interface Case {}
