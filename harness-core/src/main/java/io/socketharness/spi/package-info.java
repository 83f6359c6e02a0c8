/**
 * For adapters of test frameworks: annotations become specifications, servers live in scopes, values are injected, and the
 * servers of a test are verified together. Tests need none of it.
 */
@NullMarked
package io.socketharness.spi;

import org.jspecify.annotations.NullMarked;
