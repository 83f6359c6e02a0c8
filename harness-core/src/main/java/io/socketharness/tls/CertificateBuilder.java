package io.socketharness.tls;

import io.socketharness.internal.tls.BouncyCastle;
import io.socketharness.internal.tls.CertificateTemplate;
import io.socketharness.internal.tls.CertificateWriter;
import io.socketharness.internal.tls.DistinguishedNames;
import io.socketharness.internal.tls.HostName;
import io.socketharness.internal.tls.Validity;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Builds a certificate that a {@link CertificateAuthority} issues; returned by
 * {@link CertificateAuthority#certificate()}.
 *
 * <pre>{@code
 * HeldCertificate mail = CertificateAuthority.shared().certificate()
 *     .hosts("mail.test", "127.0.0.1")
 *     .subject("CN=mail.test, O=Example, C=DE, emailAddress=postmaster@mail.test")
 *     .validFor(Duration.ofDays(365))
 *     .issue();
 * }</pre>
 *
 * <p>Each call of {@code issue} creates a new key and a random serial number. The certificate follows RFC 5280. It is
 * valid for servers and for clients ({@code serverAuth} and {@code clientAuth}), so one certificate works at both ends
 * of mutual TLS.
 */
public final class CertificateBuilder {

    /** Less than 398 days, because some clients refuse server certificates with a longer validity. */
    private static final Duration A_YEAR = Duration.ofDays(365);

    private static final List<HostName> THIS_MACHINE =
            HostName.parseAll("localhost", "127.0.0.1", "::1", "host.docker.internal", "host.testcontainers.internal");

    private CertificateAuthority authority;
    private List<HostName> hosts = THIS_MACHINE;
    private @Nullable X500Principal subject;
    private Validity validity = Validity.lasting(A_YEAR);
    private KeyType keyType = KeyType.EC_P256;

    CertificateBuilder(CertificateAuthority authority) {
        this.authority = authority;
    }

    CertificateBuilder(CertificateBuilder other) {
        authority = other.authority;
        hosts = other.hosts;
        subject = other.subject;
        validity = other.validity;
        keyType = other.keyType;
    }

    /**
     * Sets the hosts of the certificate, its subject alternative names: DNS names (also {@code *.mail.test}, or in
     * Unicode), IPv4 and IPv6 addresses, the latter with or without brackets. Unless set, these are {@code localhost},
     * {@code 127.0.0.1}, {@code ::1}, and the names of this machine in containers: {@code host.docker.internal} and
     * {@code host.testcontainers.internal}.
     *
     * @param names the hosts; without any, the default
     * @return this builder
     * @throws IllegalArgumentException if a name is neither a DNS name nor an address
     */
    public CertificateBuilder hosts(String... names) {
        hosts = names.length == 0 ? THIS_MACHINE : HostName.parseAll(names);
        return this;
    }

    /**
     * Adds hosts to the ones set before, or to the default ones.
     *
     * @param names DNS names and addresses, as in {@link #hosts}
     * @return this builder
     * @throws IllegalArgumentException if a name is neither a DNS name nor an address
     */
    public CertificateBuilder addHosts(String... names) {
        hosts = Stream.concat(hosts.stream(), HostName.parseAll(names).stream())
                .distinct()
                .toList();
        return this;
    }

    /**
     * Sets the subject, such as {@code CN=localhost, O=Example, C=DE, emailAddress=admin@example.test}, in the order of
     * RFC 4514: the most specific part first. Unless set, the common name is the first host.
     *
     * @param distinguishedName the name
     * @return this builder
     * @throws IllegalArgumentException if the name has another form
     */
    public CertificateBuilder subject(String distinguishedName) {
        subject = DistinguishedNames.parse(distinguishedName);
        return this;
    }

    /**
     * Sets the start of the validity. Unless set, it is a day ago, because the clocks of containers and virtual
     * machines differ.
     *
     * @param first the first moment; fractions of a second are dropped
     * @return this builder
     */
    public CertificateBuilder from(Instant first) {
        validity = validity.withFrom(first);
        return this;
    }

    /**
     * Sets the end of the validity. Unless set, the certificate is valid for a year. Some clients refuse a certificate
     * that is valid for more than 398 days.
     *
     * @param last the last moment; fractions of a second are dropped
     * @return this builder
     */
    public CertificateBuilder until(Instant last) {
        validity = validity.withUntil(last);
        return this;
    }

    /**
     * Sets how long the certificate is valid, from the time set by {@link #from}, or otherwise from now.
     *
     * @param duration the time, more than 0
     * @return this builder
     * @throws IllegalArgumentException if the time is not more than 0
     */
    public CertificateBuilder validFor(Duration duration) {
        validity = validity.withDuration(duration);
        return this;
    }

    /**
     * Sets the type of the key.
     *
     * @param type {@link KeyType#EC_P256} unless set
     * @return this builder
     */
    public CertificateBuilder keyType(KeyType type) {
        keyType = type;
        return this;
    }

    /**
     * Issues the certificate. Its chain contains the authority's intermediates but not the root, as servers send it.
     *
     * @return the certificate with its key
     * @throws IllegalArgumentException if the validity ends before it starts
     */
    public HeldCertificate issue() {
        return issue(false);
    }

    /**
     * Issues a certificate that may be deliberately invalid.
     *
     * @param kind the kind of certificate; it overrides conflicting values of this builder
     * @return the certificate with its key
     */
    public HeldCertificate issue(CertificateKind kind) {
        return kind.issue(new CertificateBuilder(this));
    }

    /**
     * Issues a certificate that is signed with its own key instead of an authority's key. A client accepts it only if
     * it trusts this certificate itself.
     *
     * @return the certificate with its key
     * @throws IllegalArgumentException if the validity ends before it starts
     */
    public HeldCertificate issueSelfSigned() {
        KeyPair keys = keyType.generate();
        BouncyCastle.require();
        X509Certificate certificate = CertificateWriter.write(template(keys, false), null, keys.getPrivate());
        return HeldCertificate.of(List.of(certificate), keys.getPrivate());
    }

    /** Issues a certificate that may sign others, for the same hosts. */
    HeldCertificate issueAuthority() {
        return issue(true);
    }

    CertificateBuilder issuedBy(CertificateAuthority another) {
        authority = another;
        return this;
    }

    CertificateAuthority authority() {
        return authority;
    }

    KeyType keyType() {
        return keyType;
    }

    private HeldCertificate issue(boolean signsOthers) {
        KeyPair keys = keyType.generate();
        List<X509Certificate> chain = new ArrayList<>(List.of(authority.sign(template(keys, signsOthers))));
        chain.addAll(authority.intermediates());
        return HeldCertificate.of(chain, keys.getPrivate());
    }

    private CertificateTemplate template(KeyPair keys, boolean signsOthers) {
        X500Principal name = subject == null ? DistinguishedNames.of(hosts.get(0)) : subject;
        return new CertificateTemplate(keys.getPublic(), name, hosts, validity.period(), signsOthers);
    }
}
