package io.socketharness.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Encrypted PKCS#8 (RFC 5958, section 3): PBES2 and PBES1 of RFC 8018, and scrypt of RFC 7914. Bouncy Castle reads the
 * structure, but its decryptors need its provider. Those of the JDK know neither 3DES with PBES2 nor scrypt.
 */
public final class Pkcs8Encryption {

    private static final int SALT_BYTES = 16;
    private static final int BLOCK_BYTES = 16;
    private static final int ITERATIONS = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Map<ASN1ObjectIdentifier, CipherName> CIPHERS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new CipherName("AES", 16),
            NISTObjectIdentifiers.id_aes192_CBC, new CipherName("AES", 24),
            NISTObjectIdentifiers.id_aes256_CBC, new CipherName("AES", 32),
            PKCSObjectIdentifiers.des_EDE3_CBC, new CipherName("DESede", 24));

    private static final Map<ASN1ObjectIdentifier, String> DERIVATIONS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "PBKDF2WithHmacSHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    private record CipherName(String algorithm, int keyBytes) {}

    private Pkcs8Encryption() {}

    public static byte[] encrypt(byte[] key, String passphrase) {
        Passphrases.requireNotEmpty(passphrase);
        byte[] salt = random(SALT_BYTES);
        byte[] vector = random(BLOCK_BYTES);
        KeyDerivationFunc derivation = new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2,
                new PBKDF2Params(
                        salt,
                        ITERATIONS,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE)));
        try {
            EncryptionScheme scheme =
                    new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(vector));
            PBES2Parameters parameters = new PBES2Parameters(derivation, scheme);
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, parameters, passphrase).doFinal(key);
            return new EncryptedPrivateKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted)
                    .getEncoded();
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("This JVM cannot encrypt a private key", failure);
        }
    }

    /**
     * Decrypts a key.
     *
     * @throws NoSuchAlgorithmException if the encryption is unknown; the message is its name
     * @throws GeneralSecurityException most likely if the passphrase is wrong
     */
    static byte[] decrypt(byte[] encrypted, String passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(encrypted);
        AlgorithmIdentifier algorithm = info.getEncryptionAlgorithm();
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            return decryptPbes1(encrypted, passphrase);
        }
        PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
        return cipher(Cipher.DECRYPT_MODE, parameters, passphrase).doFinal(info.getEncryptedData());
    }

    private static Cipher cipher(int mode, PBES2Parameters parameters, String passphrase)
            throws GeneralSecurityException {
        EncryptionScheme scheme = parameters.getEncryptionScheme();
        CipherName name = CIPHERS.get(scheme.getAlgorithm());
        if (name == null) {
            throw new NoSuchAlgorithmException("PBES2 and the cipher " + scheme.getAlgorithm());
        }
        byte[] key = derive(parameters.getKeyDerivationFunc(), passphrase, name.keyBytes());
        byte[] vector = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
        Cipher cipher = Cipher.getInstance(name.algorithm() + "/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, name.algorithm()), new IvParameterSpec(vector));
        return cipher;
    }

    /** The JDK supports those of OpenSSL and PKCS#12, for ASCII passphrases. */
    private static byte[] decryptPbes1(byte[] encrypted, String passphrase)
            throws GeneralSecurityException, IOException {
        javax.crypto.EncryptedPrivateKeyInfo info = new javax.crypto.EncryptedPrivateKeyInfo(encrypted);
        SecretKey key = SecretKeyFactory.getInstance(info.getAlgName())
                .generateSecret(new PBEKeySpec(passphrase.toCharArray()));
        Cipher cipher = Cipher.getInstance(info.getAlgName());
        cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
        return cipher.doFinal(info.getEncryptedData());
    }

    private static byte[] derive(KeyDerivationFunc function, String passphrase, int bytes)
            throws GeneralSecurityException {
        if (function.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
            ScryptParams parameters = ScryptParams.getInstance(function.getParameters());
            return SCrypt.generate(
                    passphrase.getBytes(StandardCharsets.UTF_8),
                    parameters.getSalt(),
                    parameters.getCostParameter().intValueExact(),
                    parameters.getBlockSize().intValueExact(),
                    parameters.getParallelizationParameter().intValueExact(),
                    bytes);
        }
        if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw new NoSuchAlgorithmException("PBES2 and the key derivation " + function.getAlgorithm());
        }
        PBKDF2Params parameters = PBKDF2Params.getInstance(function.getParameters());
        String name = DERIVATIONS.get(parameters.getPrf().getAlgorithm());
        if (name == null) {
            throw new NoSuchAlgorithmException(
                    "PBKDF2 and the function " + parameters.getPrf().getAlgorithm());
        }
        PBEKeySpec spec = new PBEKeySpec(
                passphrase.toCharArray(),
                parameters.getSalt(),
                parameters.getIterationCount().intValueExact(),
                bytes * Byte.SIZE);
        return SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
