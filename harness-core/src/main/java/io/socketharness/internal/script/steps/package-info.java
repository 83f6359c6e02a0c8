/** Not exported: the built-in steps, which use the connection that every behaviour gets. */
@NullMarked
package io.socketharness.internal.script.steps;

import org.jspecify.annotations.NullMarked;
