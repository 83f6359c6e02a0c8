package io.socketharness.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/**
 * The type of a key, which clients see as the type of the certificate. An authority's key type also determines its
 * signatures.
 */
public enum KeyType {

    /** P-256 (NIST), which every client supports. It takes less than a millisecond to generate. This is the default. */
    EC_P256,

    /** P-384 (NIST). */
    EC_P384,

    /** RSA with 2048 bits. It takes about 130 ms on average to generate, sometimes 600 ms. */
    RSA_2048,

    /** RSA with 3072 bits. It takes about half a second to generate. */
    RSA_3072,

    /** RSA with 4096 bits. It takes a second or more to generate. */
    RSA_4096,

    /** Ed25519 (RFC 8410). Browsers do not support it. */
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
