package io.socketharness.tls;

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
 * What an authority is to be, before it is made; begun by {@link CertificateAuthority#builder()} for a root, and by
 * {@link CertificateAuthority#intermediate()} for one below another.
 */
public final class AuthorityBuilder {

    /** Longer than any of its certificates, and than any test's idea of today. */
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
     * Sets the authority's name, such as {@code CN=Example Root, O=Example, C=DE}. Two authorities of one name confuse
     * clients that meet both, so each has a random name unless set.
     *
     * @param distinguishedName a name as RFC 4514 has it
     * @return this builder
     * @throws IllegalArgumentException if it is of another form
     */
    public AuthorityBuilder subject(String distinguishedName) {
        subject = DistinguishedNames.parse(distinguishedName);
        return this;
    }

    /**
     * Sets the first moment at which the authority's certificate is valid.
     *
     * @param first the moment, a day ago unless set; fractions of a second are dropped
     * @return this builder
     */
    public AuthorityBuilder from(Instant first) {
        validity = validity.withFrom(first);
        return this;
    }

    /**
     * Sets the last moment at which the authority's certificate is valid.
     *
     * @param last the moment, in ten years unless set; fractions of a second are dropped
     * @return this builder
     */
    public AuthorityBuilder until(Instant last) {
        validity = validity.withUntil(last);
        return this;
    }

    /**
     * Sets how long the authority's certificate is valid, counted from what {@link #from} says, or else from now.
     *
     * @param duration the time, more than 0
     * @return this builder
     * @throws IllegalArgumentException if it is not more than 0
     */
    public AuthorityBuilder validFor(Duration duration) {
        validity = validity.withDuration(duration);
        return this;
    }

    /**
     * Sets the type of the authority's key, and so of the signature on what it issues.
     *
     * @param type {@link KeyType#EC_P256} unless set
     * @return this builder
     */
    public AuthorityBuilder keyType(KeyType type) {
        keyType = type;
        return this;
    }

    /**
     * Makes the authority.
     *
     * @return an authority with a key of its own
     * @throws IllegalArgumentException if its certificate ends before it begins
     */
    public CertificateAuthority create() {
        KeyPair keys = keyType.generate();
        X500Principal name = subject == null ? randomName() : subject;
        CertificateTemplate template =
                new CertificateTemplate(keys.getPublic(), name, List.of(), validity.period(), true);
        if (above == null) {
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
