/** Not exported: listeners and conversations of datagrams: UDP and DTLS. */
@NullMarked
package io.socketharness.internal.datagram;

import org.jspecify.annotations.NullMarked;
