package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.socketharness.internal.tls.Pem;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that OpenSSL and PHP wrote, and what is wrong with others. */
class PemReadingTest {

    private static final String PASSPHRASE = "comet";

    private final CertificateAuthority authority = CertificateAuthority.shared();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "ec-pkcs8.pem, ec.test",
        "ec-parameters-first.pem, ec.test",
        "rsa-traditional.pem, rsa.test",
        "ed25519-pkcs8.pem, ed25519.test"
    })
    void readsKeysThatAreNotEncrypted(String file, String name) throws Exception {
        HeldCertificate read = HeldCertificate.readPem(fixture(file));

        assertThat(read.certificate().getSubjectX500Principal().getName()).startsWith("CN=" + name);
        assertThat(HeldCertificate.readPem(fixture(file), "not needed").privateKey())
                .isEqualTo(read.privateKey());
        assertThat(HeldCertificate.parsePem(Files.readString(fixture(file))).privateKey())
                .isEqualTo(read.privateKey());
    }

    @ParameterizedTest
    @CsvSource({
        "ec-pbes2-aes256-sha512.pem, ec-pkcs8.pem",
        "ec-pbes2-aes128-sha1.pem, ec-pkcs8.pem",
        "ec-pbes1-sha1-3des.pem, ec-pkcs8.pem",
        "ec-pbes1-md5-des.pem, ec-pkcs8.pem",
        "ec-scrypt.pem, ec-pkcs8.pem",
        "ec-dek-aes256.pem, ec-pkcs8.pem",
        "rsa-dek-aes128.pem, rsa-traditional.pem",
        "rsa-dek-des3.pem, rsa-traditional.pem"
    })
    void readsEncryptedKeys(String file, String plain) throws Exception {
        HeldCertificate read = HeldCertificate.readPem(fixture(file), PASSPHRASE);

        assertThat(Keys.number(read)).isEqualTo(Keys.number(HeldCertificate.readPem(fixture(plain))));
        assertThat(HeldCertificate.parsePem(Files.readString(fixture(file)), PASSPHRASE)
                        .chain())
                .isEqualTo(read.chain());
        assertRefused(
                () -> HeldCertificate.readPem(fixture(file), "Comet"),
                fixture(file) + ": the private key cannot be decrypted with the given passphrase");
        assertRefused(
                () -> HeldCertificate.readPem(fixture(file)),
                fixture(file) + ": the private key is encrypted, but no passphrase was given");
    }

    @Test
    @DisplayName("reads what PHP's openssl_pkey_export writes, PBES2 with 3DES")
    void readsPhp() throws Exception {
        HeldCertificate read = HeldCertificate.readPem(fixture("php.pem"), PASSPHRASE);

        assertThat(read.certificate().getSubjectX500Principal())
                .hasToString("ST=Some-State, EMAILADDRESS=comet@php.test, CN=php.test, O=socket-harness, C=DE");
        assertThat(read.privateKey().getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void readsIntermediatesAndAKeyApart() throws Exception {
        HeldCertificate issued = authority.intermediate().create().issue();
        Path chain = write(
                "chain.pem",
                Pem.of(issued.chain().get(0)) + "\r\n" + Pem.of(issued.chain().get(1)));
        Path key = write("key.pem", issued.pem());
        Path encrypted = write("encrypted.pem", issued.pem(PASSPHRASE));

        assertSame(HeldCertificate.readPem(chain, key), issued);
        assertSame(HeldCertificate.readPem(chain, encrypted, PASSPHRASE), issued);
    }

    @Test
    void readsAChainThatEndsWithItsRoot() throws Exception {
        HeldCertificate issued = authority.issue();

        assertThat(HeldCertificate.parsePem(issued.pem() + authority.pem()).chain())
                .containsExactly(issued.certificate(), authority.root());
    }

    @Test
    void readsLinesEndedByCrLfAndTextAround() throws Exception {
        HeldCertificate issued = authority.issue();
        String text = "Bag Attributes\n    friendlyName: x\n" + issued.pem() + "\n\nthe end\n";

        assertSame(HeldCertificate.parsePem(text.replace("\n", "\r\n")), issued);
    }

    @Test
    void readsAFileWithAByteOrderMark() throws Exception {
        HeldCertificate issued = authority.issue();
        Path file = write("mark.pem", "\ufeff" + issued.pem());

        assertSame(HeldCertificate.readPem(file), issued);
    }

    @Nested
    class Refuses {

        private final HeldCertificate issued =
                authority.certificate().subject("CN=leaf").issue();
        private final HeldCertificate other =
                authority.certificate().subject("CN=other").issue();

        @Test
        void aFileThatIsMissing() {
            Path file = directory.resolve("missing.pem");
            assertRefused(
                    () -> HeldCertificate.readPem(file),
                    file + " does not exist; expected a file with a certificate or a key");
            assertRefused(
                    () -> HeldCertificate.readPkcs12(file, PASSPHRASE),
                    file + " does not exist; expected a file with a certificate or a key");
        }

        @Test
        void aDirectory() {
            assertRefused(
                    () -> HeldCertificate.readPem(directory),
                    directory + " cannot be read: Is a directory; expected a file with a certificate or a key");
        }

        @Test
        void textThatIsNotPem() throws Exception {
            Path file = write("page.html", "<html></html>");
            assertRefused(
                    () -> HeldCertificate.readPem(file),
                    file + " is not PEM: no line in it begins with -----BEGIN; expected a certificate or a private key"
                            + " (RFC 7468)");
            assertRefused(
                    () -> HeldCertificate.parsePem(""),
                    "The PEM text is not PEM: no line in it begins with -----BEGIN; expected a certificate or a private"
                            + " key (RFC 7468)");
        }

        @Test
        void aBlockWithoutAnEnd() throws Exception {
            Path file = write("cut.pem", issued.pem().replace("-----END CERTIFICATE-----", ""));
            assertRefused(
                    () -> HeldCertificate.readPem(file),
                    file
                            + ": block 2 is not PEM; expected base64 between a BEGIN and an END line of one type"
                            + " (RFC 7468)");
        }

        @Test
        void textThatIsNotBase64() throws Exception {
            Path file = write("damaged.pem", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n");
            assertRefused(
                    () -> HeldCertificate.readPem(file),
                    file
                            + ": block 1 is not PEM; expected base64 between a BEGIN and an END line of one type"
                            + " (RFC 7468)");
        }

        @Test
        void aCertificateThatIsNone() {
            assertRefused(
                    () -> HeldCertificate.parsePem(Pem.of("CERTIFICATE", new byte[] {1, 2, 3})),
                    "The PEM text: block 1 is named CERTIFICATE and contains no X.509 certificate (RFC 5280)");
        }

        @Test
        void noCertificate() throws Exception {
            Path file = write("key.pem", key(issued));
            assertRefused(
                    () -> HeldCertificate.readPem(file),
                    file + " contains no certificate: found PRIVATE KEY; expected CERTIFICATE, the server's own first");
        }

        @Test
        void noKey() throws Exception {
            Path file = write("certificates.pem", Pem.of(issued.certificate()) + authority.pem());
            String message =
                    file + " contains no private key: found CERTIFICATE, CERTIFICATE; expected one of PRIVATE KEY,"
                            + " ENCRYPTED PRIVATE KEY, RSA PRIVATE KEY and EC PRIVATE KEY";
            assertRefused(() -> HeldCertificate.readPem(file), message);
            assertRefused(() -> HeldCertificate.readPem(file, file), message);
        }

        @Test
        void twoKeys() {
            assertRefused(
                    () -> HeldCertificate.parsePem(issued.pem() + key(other)),
                    "The PEM text contains 2 private keys: found PRIVATE KEY, CERTIFICATE, PRIVATE KEY; expected one");
        }

        @ParameterizedTest
        @CsvSource({"ec-pkcs8.pem", "ec-parameters-first.pem", "rsa-traditional.pem", "ed25519-pkcs8.pem"})
        void damageByThisExceptionAlone(String name) throws Exception {
            HeldCertificate whole = HeldCertificate.readPem(fixture(name));
            byte[] der = keyBytes(name);
            String type = name.startsWith("rsa")
                    ? "RSA PRIVATE KEY"
                    : name.startsWith("ec-par") ? "EC PRIVATE KEY" : "PRIVATE KEY";
            Random random = new Random(42);
            for (int i = 0; i < 500; i++) {
                byte[] damaged = Arrays.copyOf(der, i % 2 == 0 ? der.length : random.nextInt(der.length));
                if (damaged.length > 0) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                String text = Pem.of(type, damaged) + Pem.of(whole.certificate());
                assertThat(catchThrowable(() -> HeldCertificate.parsePem(text)))
                        .as("seed 42, round %d", i)
                        .satisfiesAnyOf(
                                none -> assertThat(none).isNull(),
                                refused -> assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class));
            }
        }

        @Test
        void aKeyOfAnotherForm() {
            assertRefused(
                    () -> HeldCertificate.parsePem(
                            Pem.of("OPENSSH PRIVATE KEY", new byte[3]) + Pem.of(issued.certificate())),
                    "The PEM text: the private key is a OPENSSH PRIVATE KEY; expected one of PRIVATE KEY, ENCRYPTED"
                            + " PRIVATE KEY, RSA PRIVATE KEY and EC PRIVATE KEY");
        }

        @ParameterizedTest
        @CsvSource({"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
        void aDamagedKey(String type) {
            assertRefused(
                    () -> HeldCertificate.parsePem(Pem.of(type, new byte[] {48, 1}) + Pem.of(issued.certificate())),
                    "The PEM text: the private key is damaged or of a type that this JVM does not support; expected"
                            + " RSA, EC"
                            + " or Ed25519");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "rsa-dek-camellia256.pem | DEK-Info: CAMELLIA-256-CBC",
                    "ec-pbes2-camellia256.pem | PBES2 and the cipher 1.2.392.200011.61.1.1.1.4"
                })
        void anEncryptionThatIsNotKnown(String name, String encryption) throws Exception {
            Path file = fixture(name);
            assertRefused(
                    () -> HeldCertificate.readPem(file, PASSPHRASE),
                    file + ": the private key is encrypted with " + encryption + "; expected PBES2 (PBKDF2 or scrypt,"
                            + " AES or 3DES in CBC mode), PBES1, or DEK-Info with AES or 3DES");
        }

        @Test
        void aKeyThatDoesNotBelongToTheCertificate() throws Exception {
            Path certificates = write("leaf.pem", issued.pem());
            Path key = write("other.pem", other.pem());
            assertRefused(
                    () -> HeldCertificate.readPem(certificates, key),
                    certificates + ": the private key in " + key
                            + " does not belong to certificate 1 (CN=leaf); expected the key's own certificate to come"
                            + " first");
            Path rsa = fixture("rsa-traditional.pem");
            assertRefused(
                    () -> HeldCertificate.readPem(certificates, rsa),
                    certificates + ": the private key in " + rsa
                            + " does not belong to certificate 1 (CN=leaf); expected the key's own certificate to come"
                            + " first");
            HeldCertificate mismatch =
                    authority.certificate().subject("CN=leaf").issue(CertificateKind.KEY_MISMATCH);
            assertRefused(
                    () -> HeldCertificate.parsePem(mismatch.pem()),
                    "The PEM text: the private key does not belong to certificate 1 (CN=leaf); expected the key's own"
                            + " certificate to come first");
        }

        @Test
        void aCurveThatTheJdkDoesNotSupport() throws Exception {
            Path file = fixture("ec-secp256k1.pem");
            assertThatThrownBy(() -> HeldCertificate.readPem(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(file + ": this JDK cannot use the private key (EC: ")
                    .hasMessageEndingWith(
                            "; expected a key of RSA, EC with the curve P-256, P-384 or P-521, Ed25519 or Ed448");
        }

        @Test
        void aLeafThatDoesNotComeFirst() {
            CertificateAuthority named =
                    CertificateAuthority.builder().subject("CN=root").create();
            HeldCertificate leaf = named.certificate().subject("CN=leaf").issue();
            assertRefused(
                    () -> HeldCertificate.parsePem(named.pem() + leaf.pem()),
                    "The PEM text: the private key does not belong to certificate 1 (CN=root) but to certificate 2"
                            + " (CN=leaf); expected the key's own certificate to come first");
        }

        @Test
        void intermediatesOutOfOrder() throws Exception {
            CertificateAuthority root =
                    CertificateAuthority.builder().subject("CN=root").create();
            CertificateAuthority upper = root.intermediate().subject("CN=upper").create();
            CertificateAuthority lower =
                    upper.intermediate().subject("CN=lower").create();
            HeldCertificate leaf = lower.certificate().subject("CN=leaf").issue();
            Path file = write(
                    "swapped.pem",
                    key(leaf)
                            + Pem.of(leaf.chain().get(0))
                            + Pem.of(leaf.chain().get(2))
                            + Pem.of(leaf.chain().get(1)));
            assertRefused(
                    () -> HeldCertificate.readPem(file),
                    file
                            + ": certificate 2 (CN=upper) did not issue certificate 1 (CN=leaf), whose issuer is"
                            + " certificate"
                            + " 3 (CN=lower); expected each certificate to be followed by its issuer's");
            assertRefused(
                    () -> HeldCertificate.parsePem(leaf.pem() + Pem.of(other.certificate())),
                    "The PEM text: certificate 4 (CN=other) did not issue certificate 3 (CN=upper), whose issuer is"
                            + " CN=root; expected each certificate to be followed by its issuer's");
        }

        private String key(HeldCertificate held) {
            return Pem.of("PRIVATE KEY", held.privateKey().getEncoded());
        }
    }

    private static void assertRefused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static void assertSame(HeldCertificate read, HeldCertificate issued) {
        assertThat(read.chain()).isEqualTo(issued.chain());
        assertThat(read.privateKey()).isEqualTo(issued.privateKey());
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    private static byte[] keyBytes(String name) throws Exception {
        String text = Files.readString(fixture(name));
        String key = text.substring(text.lastIndexOf("-----BEGIN", text.indexOf("PRIVATE KEY-----")));
        return Base64.getMimeDecoder()
                .decode(key.lines()
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("-----"))
                        .collect(Collectors.joining("\n")));
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(PemReadingTest.class.getResource(name), name)
                .toURI());
    }
}
