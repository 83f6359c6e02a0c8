/** Not exported: runs the script of a connection, knows how far it is, and tells what is wrong with it. */
@NullMarked
package io.socketharness.internal.script.engine;

import org.jspecify.annotations.NullMarked;
