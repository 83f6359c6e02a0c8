/** Not exported: the state that the listeners of a server share: scripts, connections, threads and failures. */
@NullMarked
package io.socketharness.internal.runtime;

import org.jspecify.annotations.NullMarked;
