package io.socketharness.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A certificate with its chain and the private key: what a server serves, or a client shows. Issued by a
 * {@link CertificateAuthority}.
 */
public final class HeldCertificate {

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    /** Takes any chain and key, whether they fit or not. */
    HeldCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * The server's or client's own certificate.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * The certificates that go over the wire.
     *
     * @return the own one first, then those of the authorities that issued it; without the root, if issued here
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * The private key.
     *
     * @return a key of the JDK
     */
    public PrivateKey privateKey() {
        return key;
    }

    /**
     * The certificate for an {@link javax.net.ssl.SSLContext}, of a server or of a client. It serves the chain as it is,
     * without looking at its dates, order or key, and whichever authorities the other side asks for; JSSE asks nothing
     * more of it than that key and certificate are of one algorithm.
     *
     * @return a key manager that holds this certificate alone
     */
    public X509ExtendedKeyManager keyManager() {
        return new OneCertificate(chain, key);
    }

    /**
     * The key and the chain as one text.
     *
     * @return PEM: the key as PKCS#8, not encrypted, then the chain; lines ended by LF
     */
    public String pem() {
        return Pem.of("PRIVATE KEY", key.getEncoded()) + chainPem();
    }

    /**
     * A file for programs that take one, such as {@code curl --cert}.
     *
     * @return the path of a new file with what {@link #pem()} says, in a directory of this JVM that only its user may
     *     enter; deleted when the JVM ends
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public Path pemFile() {
        return PrivateFiles.create("certificate-", ".pem", ascii(pem()));
    }

    /**
     * Tells whose certificate this is, never the key.
     *
     * @return such as {@code HeldCertificate[CN=localhost, issued by CN=socket-harness authority 2f6b1c90]}
     */
    @Override
    public String toString() {
        return "HeldCertificate[" + certificate().getSubjectX500Principal() + ", issued by "
                + certificate().getIssuerX500Principal() + "]";
    }

    private String chainPem() {
        return chain.stream().map(Pem::of).collect(Collectors.joining());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
