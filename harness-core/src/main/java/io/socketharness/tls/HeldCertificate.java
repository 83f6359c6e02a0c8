package io.socketharness.tls;

import io.socketharness.internal.tls.OneCertificate;
import io.socketharness.internal.tls.Pem;
import io.socketharness.internal.tls.PemReading;
import io.socketharness.internal.tls.PemSource;
import io.socketharness.internal.tls.Pkcs12;
import io.socketharness.internal.tls.Pkcs8Encryption;
import io.socketharness.internal.tls.PrivateFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A certificate with its chain and the private key: what a server serves, or a client shows. Issued by a
 * {@link CertificateAuthority}, or read from a file.
 *
 * <p><b>What is read.</b> PEM (RFC 7468) with the server's own certificate first and each followed by its issuer's, the
 * root or not; the key before, behind or in a file of its own; text around the blocks and blocks of other types, such as
 * {@code EC PARAMETERS}, are skipped. Keys are PKCS#8, plain or encrypted (RFC 5958; PBES2 with PBKDF2 or scrypt and AES or
 * 3DES, which PHP writes; PBES1), or the traditional {@code RSA PRIVATE KEY} and {@code EC PRIVATE KEY}, plain or encrypted
 * ({@code DEK-Info}). A passphrase that a file does not need is ignored. PKCS#12 holds one key with its chain.
 *
 * <p>Whatever is wrong with a file is an {@link IllegalArgumentException}, whose message names the file, what was found
 * and what is allowed: a file that is missing, is no PEM or holds no key or no certificate, a passphrase that is missing or
 * wrong, a key that does not belong to the certificate, a chain out of order. Dates, hosts and uses are not judged.
 *
 * <p>Passphrases are strings, taken as UTF-8: they are written in tests, where there is nothing to hide.
 */
public final class HeldCertificate {

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private HeldCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Holds any chain and key, whether they fit together or not: a server that presents a wrong chain is made so.
     *
     * @param chain the certificate, and those that issued it
     * @param key the private key
     * @return the certificate
     */
    public static HeldCertificate of(List<X509Certificate> chain, PrivateKey key) {
        return new HeldCertificate(chain, key);
    }

    /**
     * Reads a certificate and its key, which is not encrypted, from one PEM file.
     *
     * @param file the file
     * @return the certificate with its key
     * @throws IllegalArgumentException if it cannot be used, see above
     */
    public static HeldCertificate readPem(Path file) {
        return PemReading.read(PemSource.of(file), null);
    }

    /**
     * Reads a certificate and its encrypted key from one PEM file.
     *
     * @param file the file
     * @param passphrase what opens the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if it cannot be used, see above
     */
    public static HeldCertificate readPem(Path file, String passphrase) {
        return PemReading.read(PemSource.of(file), passphrase);
    }

    /**
     * Reads a certificate and its key, which is not encrypted, from two PEM files.
     *
     * @param certificates the file with the certificates; a key that is in it too is skipped
     * @param key the file with the key; certificates that are in it too are skipped
     * @return the certificate with its key
     * @throws IllegalArgumentException if they cannot be used, see above
     */
    public static HeldCertificate readPem(Path certificates, Path key) {
        return PemReading.read(PemSource.of(certificates), PemSource.of(key), null);
    }

    /**
     * Reads a certificate and its encrypted key from two PEM files.
     *
     * @param certificates the file with the certificates; a key that is in it too is skipped
     * @param key the file with the key; certificates that are in it too are skipped
     * @param passphrase what opens the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if they cannot be used, see above
     */
    public static HeldCertificate readPem(Path certificates, Path key, String passphrase) {
        return PemReading.read(PemSource.of(certificates), PemSource.of(key), passphrase);
    }

    /**
     * Reads a certificate and its key, which is not encrypted, from PEM text; texts that are apart may be joined.
     *
     * @param text the text
     * @return the certificate with its key
     * @throws IllegalArgumentException if it cannot be used, see above
     */
    public static HeldCertificate parsePem(String text) {
        return PemReading.read(PemSource.of(text), null);
    }

    /**
     * Reads a certificate and its encrypted key from PEM text; texts that are apart may be joined.
     *
     * @param text the text
     * @param passphrase what opens the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if it cannot be used, see above
     */
    public static HeldCertificate parsePem(String text, String passphrase) {
        return PemReading.read(PemSource.of(text), passphrase);
    }

    /**
     * Reads a certificate and its key from a PKCS#12 file (RFC 7292).
     *
     * @param file the file, with one private key in it
     * @param passphrase what opens the file and the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if it cannot be used, see above
     */
    public static HeldCertificate readPkcs12(Path file, String passphrase) {
        return Pkcs12.read(file, passphrase);
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
     * The key, encrypted, and the chain as one text.
     *
     * @param passphrase what opens the key again, not empty
     * @return PEM: the key as PKCS#8 encrypted by PBES2 (PBKDF2 with HMAC-SHA-256, AES-256 in CBC mode), which OpenSSL and
     *     PHP read, then the chain; lines ended by LF
     * @throws IllegalArgumentException if the passphrase is empty
     */
    public String pem(String passphrase) {
        return Pem.of("ENCRYPTED PRIVATE KEY", Pkcs8Encryption.encrypt(key.getEncoded(), passphrase)) + chainPem();
    }

    /**
     * Writes what {@link #pem()} says.
     *
     * @param file the file; one that is there is overwritten, a new one may be read by its owner alone
     * @return the file
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public Path savePem(Path file) {
        return PrivateFiles.write(file, ascii(pem()));
    }

    /**
     * Writes what {@link #pem(String)} says.
     *
     * @param file the file; one that is there is overwritten, a new one may be read by its owner alone
     * @param passphrase what opens the key again, not empty
     * @return the file
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public Path savePem(Path file, String passphrase) {
        return PrivateFiles.write(file, ascii(pem(passphrase)));
    }

    /**
     * Writes the key and the chain as PKCS#12 (RFC 7292), under the alias {@code socket-harness}.
     *
     * @param file the file; one that is there is overwritten, a new one may be read by its owner alone
     * @param passphrase what opens the file and the key again, in ASCII and not empty
     * @return the file
     * @throws IllegalArgumentException if the passphrase is empty or not in ASCII
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public Path savePkcs12(Path file, String passphrase) {
        return PrivateFiles.write(file, Pkcs12.write(this, passphrase));
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
