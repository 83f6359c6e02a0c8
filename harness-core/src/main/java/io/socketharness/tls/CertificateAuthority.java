package io.socketharness.tls;

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
 * Issues certificates for fake servers and their clients, and hands out the trust in them in every form that a client
 * takes.
 *
 * <pre>{@code
 * CertificateAuthority authority = CertificateAuthority.shared();
 * HeldCertificate server = authority.issue("mail.test", "127.0.0.1");
 * HttpClient client = HttpClient.newBuilder().sslContext(authority.clientContext()).build();
 * }</pre>
 *
 * <p>Certificates follow RFC 5280: random serial numbers, key usages and basic constraints marked critical, key
 * identifiers, and hosts as subject alternative names alone. An authority is immutable and safe for many threads. Its
 * key never leaves memory.
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
     * Tells the authority that all of this JVM share, made when it is first asked for. It is another one in each JVM, so
     * whoever trusts it trusts nothing beyond this run.
     *
     * @return the authority, with a key on P-256
     */
    public static CertificateAuthority shared() {
        return Shared.AUTHORITY;
    }

    /**
     * Makes an authority that nobody trusts yet.
     *
     * @return a root with a random name and a key on P-256, valid for ten years
     */
    public static CertificateAuthority create() {
        return builder().create();
    }

    /**
     * Begins an authority with a name, validity or key of one's own.
     *
     * @return a builder of a root
     */
    public static AuthorityBuilder builder() {
        return new AuthorityBuilder(null);
    }

    /**
     * Makes an authority of a certificate that exists already, such as one that an image of a container trusts, read with
     * {@link HeldCertificate#readPem(Path)}.
     *
     * @param certificate the authority's own, with the ones above it; the last of them is what clients are told to trust
     * @return an authority that signs with its key
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
     * Begins an authority below this one. The chains that it issues hold its certificate too, as servers must send it,
     * and clients go on trusting the root alone.
     *
     * @return a builder of an intermediate authority
     */
    public AuthorityBuilder intermediate() {
        return new AuthorityBuilder(this);
    }

    /**
     * Issues a certificate for hosts; {@link #certificate()} says more.
     *
     * @param hosts DNS names and IP addresses; if there are none, those under which this machine is reached from itself
     *     and from its containers (see {@link CertificateBuilder#hosts})
     * @return the certificate with its key, on P-256, valid from yesterday for a year
     * @throws IllegalArgumentException if one is neither a DNS name nor an address
     */
    public HeldCertificate issue(String... hosts) {
        return certificate().hosts(hosts).issue();
    }

    /**
     * Issues a certificate that is wrong on purpose.
     *
     * @param kind what is wrong with it
     * @param hosts as in {@link #issue(String...)}
     * @return the certificate with its key
     * @throws IllegalArgumentException if a host is neither a DNS name nor an address
     */
    public HeldCertificate issue(CertificateKind kind, String... hosts) {
        return certificate().hosts(hosts).issue(kind);
    }

    /**
     * Begins a certificate with a name, validity or key of one's own.
     *
     * @return a builder
     */
    public CertificateBuilder certificate() {
        return new CertificateBuilder(this);
    }

    /**
     * The certificate that clients have to trust.
     *
     * @return the root, also of an intermediate authority
     */
    public X509Certificate root() {
        return chain.get(chain.size() - 1);
    }

    /**
     * The authority's certificates.
     *
     * @return its own first, the root last; a root alone has but one
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * Trust for clients of the JDK: an {@link SSLContext} of the protocol {@code TLS} that trusts this authority's root
     * and nothing else. Each call makes a new one with no sessions to resume; hold on to it to resume them.
     *
     * @return a context for clients without a certificate
     */
    public SSLContext clientContext() {
        return trust.clientContext();
    }

    /**
     * Trust for clients that show a certificate of their own, to whichever authorities the server asks for.
     *
     * @param certificate the client's
     * @return a context as {@link #clientContext()} makes it
     */
    public SSLContext clientContext(HeldCertificate certificate) {
        return trust.clientContext(certificate.keyManager());
    }

    /**
     * Trust for clients that take a trust manager, and for servers that ask for client certificates.
     *
     * @return the JDK's own (PKIX), which trusts this authority's root and nothing else
     */
    public X509TrustManager trustManager() {
        return trust.manager();
    }

    /**
     * Trust for clients that take a key store.
     *
     * @return a new one in memory, with the root alone
     */
    public KeyStore trustStore() {
        return trust.store();
    }

    /**
     * Trust as text.
     *
     * @return the root as PEM (RFC 7468), lines ended by LF
     */
    public String pem() {
        return Pem.of(root());
    }

    /**
     * Trust for programs that take a file, such as {@code curl --cacert}.
     *
     * @return the path of what {@link #pem()} says, the same at each call, in a directory of this JVM that only its user
     *     may enter; deleted when the JVM ends
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public Path pemFile() {
        return trust.pemFile();
    }

    /**
     * Trust for programs that take a PKCS#12 file, such as a JVM by {@code -Djavax.net.ssl.trustStore}.
     *
     * @param passphrase what opens the file, in ASCII and not empty
     * @return the path of a new file with the root alone, in the place of {@link #pemFile()}
     * @throws IllegalArgumentException if the passphrase is empty or not in ASCII
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public Path pkcs12File(String passphrase) {
        return trust.pkcs12File(passphrase);
    }

    /**
     * Tells the name of the authority.
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
        return CertificateWriter.write(template, chain.get(0), key);
    }

    /** What servers send above their own certificate. */
    List<X509Certificate> intermediates() {
        return chain.subList(0, chain.size() - 1);
    }
}
