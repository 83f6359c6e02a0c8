package io.socketharness.internal.tls;

import java.security.PublicKey;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The content of a certificate.
 *
 * @param key of the subject
 * @param subject its name
 * @param hosts that it is valid for
 * @param period of its validity
 * @param authority whether it may only sign other certificates
 */
public record CertificateTemplate(
        PublicKey key, X500Principal subject, List<HostName> hosts, Validity.Period period, boolean authority) {}
