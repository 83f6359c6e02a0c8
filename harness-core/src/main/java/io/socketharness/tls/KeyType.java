package io.socketharness.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kind of a key: what a client sees as the type of the certificate, and with which algorithm it is signed. */
public enum KeyType {

    /** NIST's P-256, which every client knows; made in less than a millisecond. The default. */
    EC_P256,

    /** NIST's P-384. */
    EC_P384,

    /** RSA with 2048 bits. Making one takes some 130 ms on average, at times 600. */
    RSA_2048,

    /** RSA with 3072 bits. Making one takes some half a second. */
    RSA_3072,

    /** RSA with 4096 bits. Making one takes a second or more. */
    RSA_4096,

    /** Ed25519 (RFC 8410): for programs, not for browsers, which refuse it. */
    ED25519;

    KeyPair generate() {
        return switch (this) {
            case EC_P256 -> generate("EC", new ECGenParameterSpec("secp256r1"));
            case EC_P384 -> generate("EC", new ECGenParameterSpec("secp384r1"));
            case RSA_2048 -> generate("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
            case RSA_3072 -> generate("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));
            case RSA_4096 -> generate("RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4));
            case ED25519 -> generate("Ed25519", NamedParameterSpec.ED25519);
        };
    }

    private KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException unavailable) {
            throw new IllegalStateException("This JVM cannot generate keys of the type " + this, unavailable);
        }
    }
}
