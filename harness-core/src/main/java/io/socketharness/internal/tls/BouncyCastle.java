package io.socketharness.internal.tls;

/** Says what to add if Bouncy Castle is missing. Its own class, because the classes that use it cannot be loaded then. */
public final class BouncyCastle {

    private BouncyCastle() {}

    /** Call it before the first class that uses Bouncy Castle. */
    public static void require() {
        try {
            Class.forName("org.bouncycastle.asn1.ASN1Encoding", false, BouncyCastle.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "creating certificates and reading PEM need Bouncy Castle, which is not on the class path: add the"
                            + " dependency org.bouncycastle:bcpkix-jdk18on",
                    missing);
        }
    }
}
