/** Not exported: TLS and DTLS on a connection, and the making, reading and writing of certificates. */
@NullMarked
package io.socketharness.internal.tls;

import org.jspecify.annotations.NullMarked;
