/** Servers as fields and parameters of JUnit tests. */
@NullMarked
package io.socketharness.junit5;

import org.jspecify.annotations.NullMarked;
