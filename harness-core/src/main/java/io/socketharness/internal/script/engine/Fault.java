package io.socketharness.internal.script.engine;

import java.util.OptionalLong;

/**
 * A failure of a server.
 *
 * @param error the report
 * @param inOneLine server, connection, step and reason
 * @param failedAt when it failed, in terms of {@link System#nanoTime()}; empty for outstanding steps
 * @param isCause whether an exception of the client may be a consequence of it; false if the client left or was late
 */
public record Fault(AssertionError error, String inOneLine, OptionalLong failedAt, boolean isCause) {}
