/**
 * TLS: authorities, valid and deliberately invalid certificates, and settings for servers and clients.
 *
 * <p>A server has a certificate by default, and {@link io.socketharness.tls.ServerTls} has the trust settings for its
 * clients. {@link io.socketharness.tls.CertificateKind} lists the deliberately invalid certificates.
 * {@link io.socketharness.tls.CertificateAuthority} issues any other certificate.
 * {@link io.socketharness.tls.TlsSettings} configures the TLS of a server.
 */
@NullMarked
package io.socketharness.tls;

import org.jspecify.annotations.NullMarked;
