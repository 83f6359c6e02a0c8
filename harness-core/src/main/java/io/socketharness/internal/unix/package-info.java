/** Not exported: paths, permissions and abstract names of Unix sockets, and Unix datagrams. */
@NullMarked
package io.socketharness.internal.unix;

import org.jspecify.annotations.NullMarked;
