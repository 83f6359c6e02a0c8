/** Not exported: helpers that every other package uses. */
@NullMarked
package io.socketharness.internal;

import org.jspecify.annotations.NullMarked;
