/**
 * Fake servers: their specification, start and verification.
 *
 * <p>Start a {@link io.socketharness.FakeServer} with a URL, or with a {@link io.socketharness.ServerSpec} for values
 * that a URL cannot contain. Without an extension for a test framework, the test itself verifies and closes the server:
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
