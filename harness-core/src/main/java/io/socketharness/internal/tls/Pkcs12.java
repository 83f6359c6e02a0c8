package io.socketharness.internal.tls;

import io.socketharness.tls.HeldCertificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Key and chain in a PKCS#12 file (RFC 7292). */
public final class Pkcs12 {

    private static final String ALIAS = "socket-harness";

    private Pkcs12() {}

    public static byte[] write(HeldCertificate certificate, String passphrase) {
        Passphrases.requireAscii(passphrase);
        char[] password = passphrase.toCharArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null);
            store.setKeyEntry(
                    ALIAS,
                    certificate.privateKey(),
                    password,
                    certificate.chain().toArray(X509Certificate[]::new));
            store.store(bytes, password);
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("This JVM cannot write " + certificate + " as PKCS#12", failure);
        }
        return bytes.toByteArray();
    }

    public static HeldCertificate read(Path file, String passphrase) {
        char[] password = passphrase.toCharArray();
        try {
            KeyStore store = open(file, password);
            String alias = aliasOfKey(file, store);
            PrivateKey key = (PrivateKey) store.getKey(alias, password);
            List<X509Certificate> chain = chain(file, store.getCertificateChain(alias));
            ChainCheck.check(file.toString(), chain, file.toString(), key);
            return HeldCertificate.of(chain, key);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    file + ": the private key is of a type that this JVM does not support; expected RSA, EC or Ed25519",
                    unusable);
        }
    }

    private static KeyStore open(Path file, char[] password) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(PemSource.bytes(file)), password);
            return store;
        } catch (IOException failure) {
            // The JDK's documented way to report a wrong passphrase.
            if (failure.getCause() instanceof UnrecoverableKeyException) {
                throw new IllegalArgumentException(file + " cannot be decrypted with the given passphrase", failure);
            }
            throw new IllegalArgumentException(file + " is not PKCS#12; expected a file of RFC 7292", failure);
        }
    }

    private static String aliasOfKey(Path file, KeyStore store) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            String found =
                    keys.isEmpty() ? "no private key" : keys.size() + " private keys, " + String.join(", ", keys);
            throw new IllegalArgumentException(file + " contains " + found + "; expected one with its certificate");
        }
        return keys.get(0);
    }

    private static List<X509Certificate> chain(Path file, Certificate @Nullable [] certificates) {
        if (certificates == null) {
            throw new IllegalArgumentException(
                    file + " contains no certificate for its private key; expected one with its certificate");
        }
        return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }
}
