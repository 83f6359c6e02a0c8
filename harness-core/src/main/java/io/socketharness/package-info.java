/**
 * The servers: what to start, and what one holds while it runs.
 *
 * <p>A {@link io.socketharness.FakeServer} is begun with a URL, or with a {@link io.socketharness.ServerSpec} for what a URL
 * cannot hold. Without an extension for a test framework, whoever starts it verifies and closes it:
 *
 * <pre>{@code
 * try (FakeServer server = FakeServer.start("tcp:", expectLine("PING"), sendLine("PONG"))) {
 *     new LineClient(server.address()).ping();
 *     server.verify();
 * }
 * }</pre>
 */
@NullMarked
package io.socketharness;

import org.jspecify.annotations.NullMarked;
