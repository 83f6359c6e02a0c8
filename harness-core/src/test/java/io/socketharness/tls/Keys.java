package io.socketharness.tls;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;

/** What is secret in a key: OpenSSL's files hold the public half too, and the JDK compares encodings. */
final class Keys {

    private Keys() {}

    static BigInteger number(HeldCertificate held) {
        PrivateKey key = held.privateKey();
        return key instanceof ECPrivateKey elliptic ? elliptic.getS() : ((RSAPrivateKey) key).getPrivateExponent();
    }
}
