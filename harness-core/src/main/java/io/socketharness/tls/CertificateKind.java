package io.socketharness.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A valid certificate, or one with a defect that a client must detect.
 *
 * <p>Each constant quotes the errors of curl with OpenSSL 3 and of the JDK's clients, as a help for reading logs. The
 * texts differ between versions, so a test should check only the kind of failure.
 */
public enum CertificateKind {

    /** A valid certificate: clients that trust the authority accept it. */
    VALID,

    /**
     * The validity ended yesterday. curl: {@code certificate has expired}; the JDK: {@code PKIX path validation failed}
     * with {@code validity check failed}.
     */
    EXPIRED,

    /**
     * The validity starts tomorrow. curl: {@code certificate is not yet valid}; the JDK:
     * {@code PKIX path validation failed} with {@code validity check failed}.
     */
    NOT_YET_VALID,

    /**
     * The certificate is for {@code wrong-host.invalid} (RFC 2606) only. curl:
     * {@code no alternative certificate subject name matches target host name}; the JDK, if the client checks the host:
     * {@code No subject alternative DNS name matching … found}.
     */
    WRONG_HOST,

    /**
     * The certificate is signed with its own key. curl: {@code self-signed certificate}; the JDK:
     * {@code PKIX path building failed} with {@code unable to find valid certification path}.
     */
    SELF_SIGNED,

    /**
     * The certificate is issued by an unknown authority, whose root the server sends too. curl:
     * {@code self-signed certificate in certificate chain}; the JDK: {@code PKIX path building failed} with
     * {@code unable to find valid certification path}.
     */
    UNKNOWN_AUTHORITY,

    /**
     * The certificate is issued by an intermediate authority whose certificate the server does not send. curl:
     * {@code unable to get local issuer certificate}; the JDK: {@code PKIX path building failed} with
     * {@code unable to find valid certification path}.
     */
    MISSING_INTERMEDIATE,

    /**
     * The server's key does not belong to the certificate. curl: {@code bad signature}; the JDK:
     * {@code Invalid CertificateVerify signature}.
     */
    KEY_MISMATCH,

    /**
     * The certificate is that of an authority, which may only sign other certificates. curl:
     * {@code unsuitable certificate purpose}; the JDK: {@code KeyUsage does not allow digital signatures}.
     */
    CA_AS_LEAF;

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration A_YEAR = Duration.ofDays(365);

    /**
     * Issues a certificate of this kind. The builder is a copy that may be changed. This is a switch because each
     * constant with a body would be another class to load.
     */
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
