/** Not exported: helpers for all packages. */
@NullMarked
package io.socketharness.internal;

import org.jspecify.annotations.NullMarked;
