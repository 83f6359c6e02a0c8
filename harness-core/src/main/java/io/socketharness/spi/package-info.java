/**
 * For adapters of test frameworks. An adapter implements {@link io.socketharness.spi.TestFramework} and
 * {@link io.socketharness.spi.ServerScope}, and maps its framework's elements to
 * {@link io.socketharness.spi.TestElement}; declarations, starts, injection, verification and messages are here. A test does
 * not use it.
 */
@NullMarked
package io.socketharness.spi;

import org.jspecify.annotations.NullMarked;
