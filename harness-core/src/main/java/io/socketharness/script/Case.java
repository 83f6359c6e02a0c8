package io.socketharness.script;

/**
 * One case of a {@linkplain Behaviours#match dispatcher}: what message it takes, and what is done then. Made by
 * {@link Behaviours#when} and {@link Behaviours#otherwise}.
 *
 * <p>This interface is not for implementation: {@link Behaviours#when} and {@link Behaviours#otherwise} make cases.
 */
public interface Case {}
