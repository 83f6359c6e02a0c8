/** Runs one test against every single fault of its dialogue. {@link io.socketharness.sweep.Sweep} begins. */
@NullMarked
package io.socketharness.sweep;

import org.jspecify.annotations.NullMarked;
