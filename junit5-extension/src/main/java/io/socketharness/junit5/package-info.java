/**
 * Fake servers as fields and parameters of JUnit tests. {@link io.socketharness.junit5.SocketServer} declares a server,
 * {@link io.socketharness.junit5.FromServer} selects one of several, and
 * {@link io.socketharness.junit5.SocketServerExtension} is for scripts in Java.
 */
@NullMarked
package io.socketharness.junit5;

import org.jspecify.annotations.NullMarked;
