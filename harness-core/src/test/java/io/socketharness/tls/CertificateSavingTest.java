package io.socketharness.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is saved is read back, and refused with other passphrases. */
class CertificateSavingTest {

    private final CertificateAuthority authority = CertificateAuthority.shared();
    private final HeldCertificate issued = authority.intermediate().create().issue();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "EC_P384", "RSA_2048", "ED25519"})
    void everyTypeOfKeyIsReadBack(KeyType type) {
        HeldCertificate held = authority.certificate().keyType(type).issue();

        assertSame(HeldCertificate.parsePem(held.pem()), held);
        assertSame(HeldCertificate.parsePem(held.pem("comet"), "comet"), held);
        assertSame(HeldCertificate.readPem(held.savePem(directory.resolve("a.pem"))), held);
        assertSame(HeldCertificate.readPem(held.savePem(directory.resolve("b.pem"), "comet"), "comet"), held);
        assertSame(HeldCertificate.readPkcs12(held.savePkcs12(directory.resolve("c.p12"), "comet"), "comet"), held);
        assertSame(HeldCertificate.readPem(held.pemFile()), held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "Käsekuchen ☄",
                "a passphrase that is longer than the block of any hash function in use, by far"
            })
    void everyPassphraseOpensItsPem(String passphrase) {
        assertSame(HeldCertificate.parsePem(issued.pem(passphrase), passphrase), issued);
    }

    @Test
    void intermediatesAreSavedToo() {
        assertThat(issued.chain()).hasSize(2);
        assertSame(HeldCertificate.parsePem(issued.pem()), issued);
        assertSame(
                HeldCertificate.readPkcs12(issued.savePkcs12(directory.resolve("chain.p12"), "comet"), "comet"),
                issued);
    }

    @Test
    void anEmptyPassphraseIsRefused() {
        String message = "The passphrase is empty; expected at least one character";
        assertThatThrownBy(() -> issued.pem(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> issued.savePkcs12(directory.resolve("x.p12"), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aPassphraseThatPkcs12DoesNotTakeIsRefused() {
        String message = "The passphrase contains characters outside ASCII, which PKCS#12 does not support here;"
                + " expected ' ' to '~'";
        assertThatThrownBy(() -> issued.savePkcs12(directory.resolve("x.p12"), "Käse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> authority.pkcs12File("Käse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void filesAreTheirOwnersAlone() throws Exception {
        Path file = issued.savePem(directory.resolve("new.pem"));
        Path there = Files.writeString(directory.resolve("there.pem"), "x".repeat(10_000));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-r--r--"));
        issued.savePem(there);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(there)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(there).hasContent(issued.pem());
    }

    @Test
    void aFileThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(() -> issued.savePem(directory.resolve("no/such/directory.pem")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aWrongPassphraseOfAPkcs12IsRefused() {
        Path file = issued.savePkcs12(directory.resolve("a.p12"), "comet");

        assertThatThrownBy(() -> HeldCertificate.readPkcs12(file, "Comet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " cannot be decrypted with the given passphrase");
    }

    @Test
    void refusesFilesThatAreNotPkcs12() {
        Path file = issued.savePem(directory.resolve("a.pem"));

        assertThatThrownBy(() -> HeldCertificate.readPkcs12(file, "comet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " is not PKCS#12; expected a file of RFC 7292");
    }

    @Test
    void aPkcs12NeedsOneKey() throws Exception {
        Path none = authority.pkcs12File("comet");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null);
        char[] password = "comet".toCharArray();
        store.setKeyEntry("a", issued.privateKey(), password, issued.chain().toArray(new Certificate[0]));
        store.setKeyEntry("b", issued.privateKey(), password, issued.chain().toArray(new Certificate[0]));
        Path two = directory.resolve("two.p12");
        try (var out = Files.newOutputStream(two)) {
            store.store(out, password);
        }

        assertThatThrownBy(() -> HeldCertificate.readPkcs12(none, "comet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(none + " contains no private key; expected one with its certificate");
        assertThatThrownBy(() -> HeldCertificate.readPkcs12(two, "comet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(two + " contains 2 private keys, a, b; expected one with its certificate");
    }

    @Test
    void aPkcs12WithAKeyOfAnotherIsRefused() {
        HeldCertificate mismatch = authority.certificate().subject("CN=leaf").issue(CertificateKind.KEY_MISMATCH);
        Path file = mismatch.savePkcs12(directory.resolve("mismatch.p12"), "comet");

        assertThatThrownBy(() -> HeldCertificate.readPkcs12(file, "comet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        file + ": the private key does not belong to certificate 1 (CN=leaf); expected the key's own"
                                + " certificate to come first");
    }

    @Test
    void aPkcs12OfOpensslIsRead() throws Exception {
        Path file = Path.of(Objects.requireNonNull(CertificateSavingTest.class.getResource("ec.p12"))
                .toURI());

        HeldCertificate read = HeldCertificate.readPkcs12(file, "comet");

        assertThat(read.certificate().getSubjectX500Principal()).hasToString("CN=ec.test, O=socket-harness, C=DE");
    }

    private static void assertSame(HeldCertificate read, HeldCertificate saved) {
        assertThat(read.chain()).isEqualTo(saved.chain());
        assertThat(read.privateKey()).isEqualTo(saved.privateKey());
    }
}
