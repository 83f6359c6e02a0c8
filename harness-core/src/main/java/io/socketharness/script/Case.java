package io.socketharness.script;

/**
 * A case of {@link Behaviours#match}: the message that it matches, or the time without input, and the
 * steps that follow.
 *
 * <p>This interface is not for implementation: {@link Behaviours#when}, {@link Behaviours#otherwise} and
 * {@link Behaviours#whenIdle} create cases.
 */
public interface Case {}
