package io.socketharness.internal.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The signature algorithm of an authority.
 *
 * @param name in the JDK
 * @param identifier in certificates
 */
record SignatureScheme(String name, AlgorithmIdentifier identifier) {

    private static final int BITS_OF_P256 = 256;

    static SignatureScheme of(PrivateKey key) {
        if (key instanceof EdECKey edwards) {
            String name = edwards.getParams().getName();
            return named(
                    name, name.equals("Ed25519") ? EdECObjectIdentifiers.id_Ed25519 : EdECObjectIdentifiers.id_Ed448);
        }
        if (key instanceof ECKey elliptic) {
            return elliptic.getParams().getOrder().bitLength() <= BITS_OF_P256
                    ? named("SHA256withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA256)
                    : named("SHA384withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA384);
        }
        if (key.getAlgorithm().equals("RSA")) {
            return new SignatureScheme(
                    "SHA256withRSA",
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE));
        }
        throw new IllegalArgumentException("An authority cannot sign with a key of the type " + key.getAlgorithm()
                + "; expected EC, RSA, Ed25519 or Ed448");
    }

    byte[] sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    private static SignatureScheme named(String name, ASN1ObjectIdentifier identifier) {
        return new SignatureScheme(name, new AlgorithmIdentifier(identifier));
    }
}
