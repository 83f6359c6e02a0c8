package io.socketharness.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.util.encoders.Hex;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/**
 * The block of a private key: PKCS#8 or traditional, plain or encrypted. Bouncy Castle reports damaged keys with
 * various runtime exceptions.
 */
final class PemKey {

    static final String TYPES = "PRIVATE KEY, ENCRYPTED PRIVATE KEY, RSA PRIVATE KEY and EC PRIVATE KEY";

    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String RSA = "RSA PRIVATE KEY";
    private static final String EC = "EC PRIVATE KEY";

    /**
     * The algorithms that Bouncy Castle decrypts. It throws the same exception for an unknown algorithm and a wrong
     * passphrase.
     */
    private static final Pattern KNOWN_DEK = Pattern.compile("(AES-\\d+|DES-EDE3|DES|BF|RC2(-\\d+)?)-CBC");

    private final String source;
    private final PemObject block;

    PemKey(String source, PemObject block) {
        this.source = source;
        this.block = block;
    }

    PrivateKey open(@Nullable String passphrase) {
        Optional<String> dek = dek();
        if (!List.of(PLAIN, ENCRYPTED, RSA, EC).contains(block.getType())) {
            throw refused("is a " + block.getType() + "; expected one of " + TYPES, null);
        }
        if (dek.isEmpty() && !block.getType().equals(ENCRYPTED)) {
            return plain();
        }
        if (passphrase == null) {
            throw refused("is encrypted, but no passphrase was given", null);
        }
        return decrypted(dek, passphrase);
    }

    private PrivateKey plain() {
        PrivateKeyInfo info;
        try {
            info = wrapped(block.getContent());
        } catch (RuntimeException malformed) {
            throw unusable(malformed);
        }
        return key(info);
    }

    private PrivateKey decrypted(Optional<String> dek, String passphrase) {
        PrivateKeyInfo info;
        try {
            byte[] content = dek.isPresent()
                    ? openTraditional(dek.get(), passphrase)
                    : Pkcs8Encryption.decrypt(block.getContent(), passphrase);
            info = wrapped(content);
        } catch (NoSuchAlgorithmException unknown) {
            throw refused(
                    "is encrypted with " + unknown.getMessage()
                            + "; expected PBES2 (PBKDF2 or scrypt, AES or 3DES in CBC"
                            + " mode), PBES1, or DEK-Info with AES or 3DES",
                    unknown);
        } catch (GeneralSecurityException | IOException | RuntimeException wrong) {
            // A wrong passphrase results in valid padding once in 256 times, and in garbage.
            throw refused("cannot be decrypted with the given passphrase", wrong);
        }
        return key(info);
    }

    private byte[] openTraditional(String dek, String passphrase) throws IOException, NoSuchAlgorithmException {
        String[] nameAndVector = dek.split(",", 2);
        if (nameAndVector.length < 2 || !KNOWN_DEK.matcher(nameAndVector[0]).matches()) {
            throw new NoSuchAlgorithmException("DEK-Info: " + nameAndVector[0]);
        }
        // Bouncy Castle uses the low byte of each character.
        String oneCharacterAByte = new String(passphrase.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return new BcPEMDecryptorProvider(oneCharacterAByte.toCharArray())
                .get(nameAndVector[0])
                .decrypt(block.getContent(), Hex.decode(nameAndVector[1]));
    }

    /** In PKCS#8, the only form that the JDK reads. */
    private PrivateKeyInfo wrapped(byte[] content) {
        try {
            return switch (block.getType()) {
                case RSA ->
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                            ASN1Sequence.getInstance(content));
                case EC -> {
                    ECPrivateKey key = ECPrivateKey.getInstance(content);
                    yield new PrivateKeyInfo(
                            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                            key);
                }
                default -> PrivateKeyInfo.getInstance(content);
            };
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private PrivateKey key(PrivateKeyInfo info) {
        try {
            ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
            // The JDK knows the other algorithms by their numbers.
            String name = algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : algorithm.getId();
            return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException | RuntimeException unknown) {
            throw unusable(unknown);
        }
    }

    private Optional<String> dek() {
        for (Object header : block.getHeaders()) {
            if (((PemHeader) header).getName().equals("DEK-Info")) {
                return Optional.of(((PemHeader) header).getValue().trim());
            }
        }
        return Optional.empty();
    }

    private IllegalArgumentException unusable(Exception cause) {
        return refused("is damaged or of a type that this JVM does not support; expected RSA, EC or Ed25519", cause);
    }

    private IllegalArgumentException refused(String found, @Nullable Exception cause) {
        return new IllegalArgumentException(source + ": the private key " + found, cause);
    }
}
