package io.socketharness.internal.script.engine;

import java.util.OptionalLong;

/**
 * Something that is wrong with a server.
 *
 * @param error the report
 * @param inOneLine which server, connection and step, and the reason
 * @param failedAt when it failed, as {@link System#nanoTime()} tells time; nothing for what is only outstanding
 * @param isCause whether an exception of the client may be a consequence of it. That is not so where the client left, or
 *     was late.
 */
public record Fault(AssertionError error, String inOneLine, OptionalLong failedAt, boolean isCause) {}
