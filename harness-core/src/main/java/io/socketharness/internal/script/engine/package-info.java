/** Not exported: runs the script of a connection, tracks its progress, and reports its failures. */
@NullMarked
package io.socketharness.internal.script.engine;

import org.jspecify.annotations.NullMarked;
