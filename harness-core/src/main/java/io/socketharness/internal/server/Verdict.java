package io.socketharness.internal.server;

import java.util.OptionalLong;

/**
 * What is wrong with a server.
 *
 * @param error the first failure in time, with the others suppressed
 * @param failedAt when that was, as {@link System#nanoTime()} tells time; nothing for what is only outstanding
 */
public record Verdict(AssertionError error, OptionalLong failedAt) {}
