/** Not exported: listeners and connections of streams: TCP, Unix sockets and TLS. */
@NullMarked
package io.socketharness.internal.stream;

import org.jspecify.annotations.NullMarked;
