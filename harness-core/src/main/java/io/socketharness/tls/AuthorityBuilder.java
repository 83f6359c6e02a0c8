package io.socketharness.tls;

import io.socketharness.internal.tls.BouncyCastle;
import io.socketharness.internal.tls.CertificateTemplate;
import io.socketharness.internal.tls.CertificateWriter;
import io.socketharness.internal.tls.DistinguishedNames;
import io.socketharness.internal.tls.Validity;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link CertificateAuthority}. {@link CertificateAuthority#builder()} returns a builder of a root,
 * {@link CertificateAuthority#intermediate()} a builder of an authority below another one.
 */
public final class AuthorityBuilder {

    /** Longer than the validity of the certificates that it issues, and than the time span of any test. */
    private static final Duration TEN_YEARS = Duration.ofDays(3650);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final @Nullable CertificateAuthority above;
    private @Nullable X500Principal subject;
    private Validity validity = Validity.lasting(TEN_YEARS);
    private KeyType keyType = KeyType.EC_P256;

    AuthorityBuilder(@Nullable CertificateAuthority above) {
        this.above = above;
    }

    /**
     * Sets the authority's name, such as {@code CN=Example Root, O=Example, C=DE}. Unless set, each authority has a
     * random name, because two authorities with the same name confuse clients that see both.
     *
     * @param distinguishedName a name in the form of RFC 4514
     * @return this builder
     * @throws IllegalArgumentException if the name has another form
     */
    public AuthorityBuilder subject(String distinguishedName) {
        subject = DistinguishedNames.parse(distinguishedName);
        return this;
    }

    /**
     * Sets the start of the validity of the authority's certificate.
     *
     * @param first the first moment; a day ago unless set; fractions of a second are dropped
     * @return this builder
     */
    public AuthorityBuilder from(Instant first) {
        validity = validity.withFrom(first);
        return this;
    }

    /**
     * Sets the end of the validity of the authority's certificate.
     *
     * @param last the last moment; in ten years unless set; fractions of a second are dropped
     * @return this builder
     */
    public AuthorityBuilder until(Instant last) {
        validity = validity.withUntil(last);
        return this;
    }

    /**
     * Sets how long the authority's certificate is valid, from the time set by {@link #from}, or otherwise from now.
     *
     * @param duration the time, more than 0
     * @return this builder
     * @throws IllegalArgumentException if the time is not more than 0
     */
    public AuthorityBuilder validFor(Duration duration) {
        validity = validity.withDuration(duration);
        return this;
    }

    /**
     * Sets the type of the authority's key, which also determines the signature algorithm of the certificates that it
     * issues.
     *
     * @param type {@link KeyType#EC_P256} unless set
     * @return this builder
     */
    public AuthorityBuilder keyType(KeyType type) {
        keyType = type;
        return this;
    }

    /**
     * Creates the authority.
     *
     * @return an authority with a new key
     * @throws IllegalArgumentException if the validity of its certificate ends before it starts
     */
    public CertificateAuthority create() {
        KeyPair keys = keyType.generate();
        X500Principal name = subject == null ? randomName() : subject;
        CertificateTemplate template =
                new CertificateTemplate(keys.getPublic(), name, List.of(), validity.period(), true);
        if (above == null) {
            BouncyCastle.require();
            X509Certificate root = CertificateWriter.write(template, null, keys.getPrivate());
            return new CertificateAuthority(List.of(root), keys.getPrivate());
        }
        List<X509Certificate> chain = new ArrayList<>(List.of(above.sign(template)));
        chain.addAll(above.chain());
        return new CertificateAuthority(chain, keys.getPrivate());
    }

    private X500Principal randomName() {
        String kind = above == null ? "authority" : "intermediate";
        return new X500Principal(String.format("CN=socket-harness %s %08x", kind, RANDOM.nextInt()));
    }
}
