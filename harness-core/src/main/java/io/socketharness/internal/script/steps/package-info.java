/** Not exported: the built-in steps. They use the same connection as every behaviour. */
@NullMarked
package io.socketharness.internal.script.steps;

import org.jspecify.annotations.NullMarked;
