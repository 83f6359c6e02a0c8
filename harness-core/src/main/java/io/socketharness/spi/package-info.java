/**
 * For adapters of test frameworks; tests do not use it. An adapter implements
 * {@link io.socketharness.spi.TestFramework} and {@link io.socketharness.spi.ServerScope}, and maps its framework's
 * elements to {@link io.socketharness.spi.TestElement}. This package implements declarations, starts, injection,
 * verification and messages.
 */
@NullMarked
package io.socketharness.spi;

import org.jspecify.annotations.NullMarked;
