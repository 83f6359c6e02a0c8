package io.socketharness.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a server's certificate is like: right, or wrong in one way that a client must notice.
 *
 * <p>The words that curl, over OpenSSL 3, and the JDK's clients report are quoted as a help in reading logs: they differ
 * from version to version, so a test should ask for the kind of failure alone.
 */
public enum CertificateKind {

    /** As it should be: no client that trusts the authority complains. */
    VALID,

    /**
     * Its validity ended yesterday. curl: {@code certificate has expired}; the JDK: {@code PKIX path validation failed}
     * with {@code validity check failed}.
     */
    EXPIRED,

    /**
     * Its validity begins tomorrow. curl: {@code certificate is not yet valid}; the JDK:
     * {@code PKIX path validation failed} with {@code validity check failed}.
     */
    NOT_YET_VALID,

    /**
     * It is for {@code wrong-host.invalid} (RFC 2606) and no other host. curl:
     * {@code no alternative certificate subject name matches target host name}; the JDK, where the client checks the
     * host: {@code No subject alternative DNS name matching … found}.
     */
    WRONG_HOST,

    /**
     * It is signed by its own key. curl: {@code self-signed certificate}; the JDK: {@code PKIX path building failed} with
     * {@code unable to find valid certification path}.
     */
    SELF_SIGNED,

    /**
     * It is issued by an authority that nobody trusts, whose root is sent along. curl:
     * {@code self-signed certificate in certificate chain}; the JDK: {@code PKIX path building failed} with
     * {@code unable to find valid certification path}.
     */
    UNKNOWN_AUTHORITY,

    /**
     * It is issued by an intermediate authority whose certificate is not sent. curl:
     * {@code unable to get local issuer certificate}; the JDK: {@code PKIX path building failed} with
     * {@code unable to find valid certification path}.
     */
    MISSING_INTERMEDIATE,

    /**
     * The server's key is not the one that was certified. curl: {@code bad signature}; the JDK:
     * {@code Invalid CertificateVerify signature}.
     */
    KEY_MISMATCH,

    /**
     * It is an authority's certificate, which may sign others and nothing else. curl:
     * {@code unsuitable certificate purpose}; the JDK: {@code KeyUsage does not allow digital signatures}.
     */
    CA_AS_LEAF;

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_YEAR = Duration.ofDays(365);

    /** Issues one; the builder is a copy that nobody else holds. A switch, as each constant with a body is a class to load. */
    HeldCertificate issue(CertificateBuilder builder) {
        return switch (this) {
            case VALID -> builder.issue();
            case EXPIRED -> {
                Instant yesterday = Instant.now().minus(A_DAY);
                yield builder.from(yesterday.minus(A_YEAR)).until(yesterday).issue();
            }
            case NOT_YET_VALID ->
                builder.from(Instant.now().plus(A_DAY)).validFor(A_YEAR).issue();
            case WRONG_HOST -> builder.hosts("wrong-host.invalid").issue();
            case SELF_SIGNED -> builder.issueSelfSigned();
            case UNKNOWN_AUTHORITY -> {
                CertificateAuthority unknown = CertificateAuthority.create();
                HeldCertificate leaf = builder.issuedBy(unknown).issue();
                yield HeldCertificate.of(List.of(leaf.certificate(), unknown.root()), leaf.privateKey());
            }
            case MISSING_INTERMEDIATE -> {
                CertificateAuthority hidden = builder.authority().intermediate().create();
                HeldCertificate leaf = builder.issuedBy(hidden).issue();
                yield HeldCertificate.of(List.of(leaf.certificate()), leaf.privateKey());
            }
            case KEY_MISMATCH ->
                HeldCertificate.of(
                        builder.issue().chain(), builder.keyType().generate().getPrivate());
            case CA_AS_LEAF -> builder.issueAuthority();
        };
    }
}
