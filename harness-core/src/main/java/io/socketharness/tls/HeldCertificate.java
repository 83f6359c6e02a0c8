package io.socketharness.tls;

import io.socketharness.internal.tls.BouncyCastle;
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
 * A certificate with its chain and private key, for a server or a client. It is issued by a
 * {@link CertificateAuthority} or read from a file.
 *
 * <p><b>Supported files.</b> PEM (RFC 7468) contains the certificate first, each followed by its issuer's, with or
 * without the root. The key is before or after the certificates, or in a separate file. Text around the blocks and
 * other types of blocks, such as {@code EC PARAMETERS}, are skipped. Keys are PKCS#8, plain or encrypted (RFC 5958;
 * PBES2 with PBKDF2 or scrypt and AES or 3DES, which PHP writes; PBES1), or the traditional {@code RSA PRIVATE KEY} and
 * {@code EC PRIVATE KEY}, plain or encrypted ({@code DEK-Info}). A passphrase that a file does not need is ignored.
 * PKCS#12 contains one key with its chain.
 *
 * <p>All methods that read throw an {@link IllegalArgumentException} if a file cannot be used. Its message names the
 * file, what was found and what is allowed. Reasons are a missing file, a file that is not PEM or has no key or no
 * certificate, a missing or wrong passphrase, a key that does not belong to the certificate, and a chain out of order.
 * Dates, hosts and key usages are not checked.
 *
 * <p>Passphrases are strings and encoded as UTF-8. They are part of tests, so they are not secret.
 */
public final class HeldCertificate {

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private HeldCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Returns any chain and key as a certificate, even if they do not fit together. Use it for a server that sends an
     * invalid chain.
     *
     * @param chain the certificate, followed by those of its issuers
     * @param key the private key
     * @return the certificate
     */
    public static HeldCertificate of(List<X509Certificate> chain, PrivateKey key) {
        return new HeldCertificate(chain, key);
    }

    /**
     * Reads a certificate and its unencrypted key from one PEM file.
     *
     * @param file the file
     * @return the certificate with its key
     * @throws IllegalArgumentException if the file cannot be used, as described above
     */
    public static HeldCertificate readPem(Path file) {
        return PemReading.read(PemSource.of(file), null);
    }

    /**
     * Reads a certificate and its encrypted key from one PEM file.
     *
     * @param file the file
     * @param passphrase the passphrase of the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if the file cannot be used, as described above
     */
    public static HeldCertificate readPem(Path file, String passphrase) {
        return PemReading.read(PemSource.of(file), passphrase);
    }

    /**
     * Reads a certificate and its unencrypted key from two PEM files.
     *
     * @param certificates the file with the certificates; keys in it are skipped
     * @param key the file with the key; certificates in it are skipped
     * @return the certificate with its key
     * @throws IllegalArgumentException if the files cannot be used, as described above
     */
    public static HeldCertificate readPem(Path certificates, Path key) {
        return PemReading.read(PemSource.of(certificates), PemSource.of(key), null);
    }

    /**
     * Reads a certificate and its encrypted key from two PEM files.
     *
     * @param certificates the file with the certificates; keys in it are skipped
     * @param key the file with the key; certificates in it are skipped
     * @param passphrase the passphrase of the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if the files cannot be used, as described above
     */
    public static HeldCertificate readPem(Path certificates, Path key, String passphrase) {
        return PemReading.read(PemSource.of(certificates), PemSource.of(key), passphrase);
    }

    /**
     * Reads a certificate and its unencrypted key from PEM text. The contents of several files can be concatenated.
     *
     * @param text the text
     * @return the certificate with its key
     * @throws IllegalArgumentException if the text cannot be used, as described above
     */
    public static HeldCertificate parsePem(String text) {
        return PemReading.read(PemSource.of(text), null);
    }

    /**
     * Reads a certificate and its encrypted key from PEM text. The contents of several files can be concatenated.
     *
     * @param text the text
     * @param passphrase the passphrase of the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if the text cannot be used, as described above
     */
    public static HeldCertificate parsePem(String text, String passphrase) {
        return PemReading.read(PemSource.of(text), passphrase);
    }

    /**
     * Reads a certificate and its key from a PKCS#12 file (RFC 7292).
     *
     * @param file the file, which contains one private key
     * @param passphrase the passphrase of the file and the key
     * @return the certificate with its key
     * @throws IllegalArgumentException if the file cannot be used, as described above
     */
    public static HeldCertificate readPkcs12(Path file, String passphrase) {
        return Pkcs12.read(file, passphrase);
    }

    /**
     * Returns the certificate of the server or client.
     *
     * @return the first certificate of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Returns the certificates that are sent in the handshake.
     *
     * @return this certificate first, followed by those of its issuers; without the root if issued by a
     *     {@link CertificateAuthority}
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * Returns the private key.
     *
     * @return a key of the JDK
     */
    public PrivateKey privateKey() {
        return key;
    }

    /**
     * Returns a key manager for an {@link javax.net.ssl.SSLContext} of a server or a client. It presents the chain
     * unchanged, without checking dates, order or key, whichever authorities the peer requests. JSSE only requires that
     * key and certificate have the same algorithm.
     *
     * @return a key manager with only this certificate
     */
    public X509ExtendedKeyManager keyManager() {
        return new OneCertificate(chain, key);
    }

    /**
     * Returns the key and the chain as text.
     *
     * @return PEM: the key as unencrypted PKCS#8, then the chain; with LF line ends
     */
    public String pem() {
        return Pem.of("PRIVATE KEY", key.getEncoded()) + chainPem();
    }

    /**
     * Returns the encrypted key and the chain as text.
     *
     * @param passphrase the passphrase to encrypt the key with, not empty
     * @return PEM: the key as PKCS#8 encrypted by PBES2 (PBKDF2 with HMAC-SHA-256, AES-256 in CBC mode), which OpenSSL
     *     and PHP read, then the chain; with LF line ends
     * @throws IllegalArgumentException if the passphrase is empty
     */
    public String pem(String passphrase) {
        BouncyCastle.require();
        return Pem.of("ENCRYPTED PRIVATE KEY", Pkcs8Encryption.encrypt(key.getEncoded(), passphrase)) + chainPem();
    }

    /**
     * Writes {@link #pem()} to a file.
     *
     * @param file the file; an existing one is overwritten, a new one is readable by its owner only
     * @return the file
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path savePem(Path file) {
        return PrivateFiles.write(file, ascii(pem()));
    }

    /**
     * Writes {@link #pem(String)} to a file.
     *
     * @param file the file; an existing one is overwritten, a new one is readable by its owner only
     * @param passphrase the passphrase to encrypt the key with, not empty
     * @return the file
     * @throws IllegalArgumentException if the passphrase is empty
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path savePem(Path file, String passphrase) {
        return PrivateFiles.write(file, ascii(pem(passphrase)));
    }

    /**
     * Writes the key and the chain as PKCS#12 (RFC 7292), under the alias {@code socket-harness}.
     *
     * @param file the file; an existing one is overwritten, a new one is readable by its owner only
     * @param passphrase the passphrase of the file and the key, in ASCII and not empty
     * @return the file
     * @throws IllegalArgumentException if the passphrase is empty or not in ASCII
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path savePkcs12(Path file, String passphrase) {
        return PrivateFiles.write(file, Pkcs12.write(this, passphrase));
    }

    /**
     * Creates a file with the certificate and its key, for programs that accept one, such as {@code curl --cert}.
     *
     * @return the path of a new file with {@link #pem()}, in a directory that only this user can enter; deleted when
     *     the JVM ends
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path pemFile() {
        return PrivateFiles.create("certificate-", ".pem", ascii(pem()));
    }

    /**
     * Returns the subject and the issuer, never the key.
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
