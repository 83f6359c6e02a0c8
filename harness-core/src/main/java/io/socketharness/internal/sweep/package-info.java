/** The fault sweep: plans faults from a clean run, injects one per run, and judges the runs. */
@NullMarked
package io.socketharness.internal.sweep;

import org.jspecify.annotations.NullMarked;
