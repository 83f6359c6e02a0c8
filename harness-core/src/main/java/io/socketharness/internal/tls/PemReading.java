package io.socketharness.internal.tls;

import io.socketharness.tls.HeldCertificate;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a certificate and its key, and refuses those that no server could use. */
public final class PemReading {

    private PemReading() {}

    public static HeldCertificate read(PemSource source, @Nullable String passphrase) {
        BouncyCastle.require();
        PemBlocks blocks = PemBlocks.parse(source);
        List<X509Certificate> chain = blocks.certificates();
        PrivateKey key = blocks.privateKey(passphrase);
        ChainCheck.check(source.name(), chain, source.name(), key);
        return HeldCertificate.of(chain, key);
    }

    public static HeldCertificate read(PemSource certificates, PemSource key, @Nullable String passphrase) {
        BouncyCastle.require();
        List<X509Certificate> chain = PemBlocks.parse(certificates).certificates();
        PrivateKey privateKey = PemBlocks.parse(key).privateKey(passphrase);
        ChainCheck.check(certificates.name(), chain, key.name(), privateKey);
        return HeldCertificate.of(chain, privateKey);
    }
}
