/** Not exported: TLS and DTLS on a connection; certificates. */
@NullMarked
package io.socketharness.internal.tls;

import org.jspecify.annotations.NullMarked;
