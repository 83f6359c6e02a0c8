package io.socketharness.tls;

import io.socketharness.internal.tls.BouncyCastle;
import io.socketharness.internal.tls.CertificateTemplate;
import io.socketharness.internal.tls.CertificateWriter;
import io.socketharness.internal.tls.Pem;
import io.socketharness.internal.tls.Trust;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/**
 * Issues certificates for fake servers and their clients, and provides the trust settings that clients need.
 *
 * <pre>{@code
 * CertificateAuthority authority = CertificateAuthority.shared();
 * HeldCertificate server = authority.issue("mail.test", "127.0.0.1");
 * HttpClient client = HttpClient.newBuilder().sslContext(authority.clientContext()).build();
 * }</pre>
 *
 * <p>Certificates follow RFC 5280: random serial numbers, key usages and basic constraints marked critical, key
 * identifiers, and hosts only as subject alternative names. An authority is immutable and thread-safe. Its key is never
 * written to a file.
 */
public final class CertificateAuthority {

    private static final class Shared {
        static final CertificateAuthority AUTHORITY = create();
    }

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final Trust trust;

    CertificateAuthority(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
        this.trust = new Trust(root());
    }

    /**
     * Returns the authority that the whole JVM shares. It is created at the first call. Each JVM has a different one,
     * so a client that trusts it trusts nothing beyond this run.
     *
     * @return the authority, with a key on P-256
     */
    public static CertificateAuthority shared() {
        BouncyCastle.require();
        return Shared.AUTHORITY;
    }

    /**
     * Creates a new authority.
     *
     * @return a root with a random name and a key on P-256, valid for ten years
     */
    public static CertificateAuthority create() {
        return builder().create();
    }

    /**
     * Returns a builder of an authority with a custom name, validity or key.
     *
     * @return a builder of a root
     */
    public static AuthorityBuilder builder() {
        return new AuthorityBuilder(null);
    }

    /**
     * Creates an authority from an existing certificate, such as one that a container image trusts, read with
     * {@link HeldCertificate#readPem(Path)}.
     *
     * @param certificate the authority's certificate, followed by those above it; clients must trust the last one
     * @return an authority that signs with the key of the certificate
     * @throws IllegalArgumentException if the certificate may not sign others (basic constraints, RFC 5280, 4.2.1.9)
     */
    public static CertificateAuthority of(HeldCertificate certificate) {
        if (certificate.certificate().getBasicConstraints() < 0) {
            throw new IllegalArgumentException(
                    certificate + " is not an authority: its basic constraints lack CA:TRUE");
        }
        return new CertificateAuthority(certificate.chain(), certificate.privateKey());
    }

    /**
     * Returns a builder of an authority below this one. The chains that it issues include its certificate, as servers
     * must send it. Clients still need to trust only the root.
     *
     * @return a builder of an intermediate authority
     */
    public AuthorityBuilder intermediate() {
        return new AuthorityBuilder(this);
    }

    /**
     * Issues a certificate for hosts. Use {@link #certificate()} to set more.
     *
     * @param hosts DNS names and IP addresses; without any, the names and addresses of this machine for itself and for
     *     its containers (see {@link CertificateBuilder#hosts})
     * @return the certificate with its key, on P-256, valid from yesterday for a year
     * @throws IllegalArgumentException if a host is neither a DNS name nor an address
     */
    public HeldCertificate issue(String... hosts) {
        return certificate().hosts(hosts).issue();
    }

    /**
     * Issues a certificate that may be deliberately invalid.
     *
     * @param kind the kind of certificate
     * @param hosts as in {@link #issue(String...)}
     * @return the certificate with its key
     * @throws IllegalArgumentException if a host is neither a DNS name nor an address
     */
    public HeldCertificate issue(CertificateKind kind, String... hosts) {
        return certificate().hosts(hosts).issue(kind);
    }

    /**
     * Returns a builder of a certificate with a custom name, validity or key.
     *
     * @return a builder
     */
    public CertificateBuilder certificate() {
        return new CertificateBuilder(this);
    }

    /**
     * Returns the certificate that clients must trust.
     *
     * @return the root, also of an intermediate authority
     */
    public X509Certificate root() {
        return chain.get(chain.size() - 1);
    }

    /**
     * Returns the authority's certificates.
     *
     * @return its own first, the root last; a root returns one certificate
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * Returns a TLS context for JDK clients: an {@link SSLContext} of the protocol {@code TLS} that trusts only this
     * authority's root. Each call returns a new context without sessions. To resume sessions, reuse the context.
     *
     * @return a context for clients without a certificate
     */
    public SSLContext clientContext() {
        return trust.clientContext();
    }

    /**
     * Returns a TLS context for clients with a certificate. The client sends the certificate whichever authorities the
     * server requests.
     *
     * @param certificate the client's certificate
     * @return a context that trusts only this authority's root, with the certificate of the client
     */
    public SSLContext clientContext(HeldCertificate certificate) {
        return trust.clientContext(certificate.keyManager());
    }

    /**
     * Returns a trust manager, for clients that accept one and for servers that request client certificates.
     *
     * @return the JDK's PKIX trust manager, which trusts only this authority's root
     */
    public X509TrustManager trustManager() {
        return trust.manager();
    }

    /**
     * Returns a trust store, for clients that accept a key store.
     *
     * @return a new key store in memory that contains only the root
     */
    public KeyStore trustStore() {
        return trust.store();
    }

    /**
     * Returns the root certificate as text.
     *
     * @return the root as PEM (RFC 7468), with LF line ends
     */
    public String pem() {
        return Pem.of(root());
    }

    /**
     * Returns a file with the root certificate, for programs that accept one, such as {@code curl --cacert}.
     *
     * @return the path of a file with {@link #pem()}, the same at each call, in a directory that only this user can
     *     enter; deleted when the JVM ends
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path pemFile() {
        return trust.pemFile();
    }

    /**
     * Creates a PKCS#12 trust store file, for programs that accept one, such as a JVM with
     * {@code -Djavax.net.ssl.trustStore}.
     *
     * @param passphrase the passphrase of the file, in ASCII and not empty
     * @return the path of a new file that contains only the root, in the directory of {@link #pemFile()}
     * @throws IllegalArgumentException if the passphrase is empty or not in ASCII
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path pkcs12File(String passphrase) {
        return trust.pkcs12File(passphrase);
    }

    /**
     * Returns the name of the authority.
     *
     * @return such as {@code CertificateAuthority[CN=socket-harness authority 2f6b1c90]}
     */
    @Override
    public String toString() {
        return "CertificateAuthority[" + chain.get(0).getSubjectX500Principal() + "]";
    }

    Trust trust() {
        return trust;
    }

    X509Certificate sign(CertificateTemplate template) {
        BouncyCastle.require();
        return CertificateWriter.write(template, chain.get(0), key);
    }

    /** Returns the certificates that a server sends after its own. */
    List<X509Certificate> intermediates() {
        return chain.subList(0, chain.size() - 1);
    }
}
