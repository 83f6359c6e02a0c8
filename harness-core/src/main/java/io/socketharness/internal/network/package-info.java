/** Not exported: the simulated network, its conditions, and the way of data through it. */
@NullMarked
package io.socketharness.internal.network;

import org.jspecify.annotations.NullMarked;
