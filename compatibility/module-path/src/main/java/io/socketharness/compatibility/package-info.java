/** A client in a module of its own. */
@NullMarked
package io.socketharness.compatibility;

import org.jspecify.annotations.NullMarked;
