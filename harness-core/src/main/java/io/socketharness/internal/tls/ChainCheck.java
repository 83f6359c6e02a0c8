package io.socketharness.internal.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.stream.IntStream;

/** Refuses a chain that clients could not follow, and a key that does not belong to the certificate. */
final class ChainCheck {

    private static final byte[] PROBE = {1, 2, 3};

    private ChainCheck() {}

    /** Checks a chain; {@code source} and {@code keySource} are equal if the key is in the same file. */
    static void check(String source, List<X509Certificate> chain, String keySource, PrivateKey key) {
        checkIsSupported(keySource, key);
        checkKey(source, chain, source.equals(keySource) ? "" : " in " + keySource, key);
        for (int i = 0; i + 1 < chain.size(); i++) {
            if (!issued(chain.get(i + 1), chain.get(i))) {
                throw new IllegalArgumentException(source + ": " + describe(chain, i + 1) + " did not issue "
                        + describe(chain, i) + ", whose issuer is " + issuer(chain, i)
                        + "; expected each certificate to be followed by its issuer's");
            }
        }
    }

    /** Such as an EC key on a curve that the JDK has removed, with which it can sign nothing. */
    private static void checkIsSupported(String source, PrivateKey key) {
        if (key instanceof RSAKey) {
            return;
        }
        try {
            sign(key);
        } catch (GeneralSecurityException reason) {
            throw new IllegalArgumentException(
                    source + ": this JDK cannot use the private key (" + key.getAlgorithm() + ": " + reason.getMessage()
                            + "); expected a key of RSA, EC with the curve P-256, P-384 or P-521, Ed25519 or Ed448",
                    reason);
        }
    }

    private static void checkKey(String source, List<X509Certificate> chain, String where, PrivateKey key) {
        if (belongs(key, chain.get(0).getPublicKey())) {
            return;
        }
        String owner = IntStream.range(1, chain.size())
                .filter(i -> belongs(key, chain.get(i).getPublicKey()))
                .mapToObj(i -> " but to " + describe(chain, i))
                .findFirst()
                .orElse("");
        throw new IllegalArgumentException(source + ": the private key" + where + " does not belong to "
                + describe(chain, 0) + owner + "; expected the key's own certificate to come first");
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        if (key instanceof RSAKey own && certified instanceof RSAKey other) {
            return own.getModulus().equals(other.getModulus());
        }
        try {
            byte[] signed = sign(key);
            Signature signature = signature(key);
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static byte[] sign(PrivateKey key) throws GeneralSecurityException {
        Signature signature = signature(key);
        signature.initSign(key);
        signature.update(PROBE);
        return signature.sign();
    }

    private static Signature signature(PrivateKey key) throws GeneralSecurityException {
        return Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException notByThisKey) {
            return false;
        }
    }

    private static String issuer(List<X509Certificate> chain, int index) {
        return IntStream.range(0, chain.size())
                .filter(i -> i != index && issued(chain.get(i), chain.get(index)))
                .mapToObj(i -> describe(chain, i))
                .findFirst()
                .orElse(String.valueOf(chain.get(index).getIssuerX500Principal()));
    }

    private static String describe(List<X509Certificate> chain, int index) {
        return "certificate " + (index + 1) + " (" + chain.get(index).getSubjectX500Principal() + ")";
    }
}
