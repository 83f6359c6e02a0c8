package io.socketharness.internal.tls;

import java.security.PublicKey;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * What a certificate is to say.
 *
 * @param key whose it is
 * @param subject its name
 * @param hosts what it is for
 * @param period when it holds
 * @param authority whether it may sign others, and then nothing else
 */
public record CertificateTemplate(
        PublicKey key, X500Principal subject, List<HostName> hosts, Validity.Period period, boolean authority) {}
