/**
 * TLS: certificates made on the spot, right or wrong on purpose, and the authority that clients are told to trust.
 *
 * <p>A server has its own certificate without being asked, and {@link io.socketharness.tls.ServerTls} hands out the trust in
 * it. {@link io.socketharness.tls.CertificateKind} has what can be wrong with one, {@link
 * io.socketharness.tls.CertificateAuthority} makes any other, and {@link io.socketharness.tls.TlsSettings} says how a server
 * speaks TLS.
 */
@NullMarked
package io.socketharness.tls;

import org.jspecify.annotations.NullMarked;
