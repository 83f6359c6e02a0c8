/**
 * Servers as fields and parameters of JUnit tests: {@link io.socketharness.junit5.SocketServer} declares one,
 * {@link io.socketharness.junit5.FromServer} picks one of several, and
 * {@link io.socketharness.junit5.SocketServerExtension} is for scripts in Java.
 */
@NullMarked
package io.socketharness.junit5;

import org.jspecify.annotations.NullMarked;
