package io.socketharness.internal.tls;

import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encoding;

/** Says what to add if Bouncy Castle is missing. Its own class, because the classes that use it cannot be loaded then. */
public final class BouncyCastle {

    private BouncyCastle() {}

    /** Call it before the first class that uses Bouncy Castle. */
    public static void require() {
        try {
            Objects.requireNonNull(ASN1Encoding.class);
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "creating certificates and reading PEM need Bouncy Castle, which is not on the class path: add the"
                            + " dependency org.bouncycastle:bcpkix-jdk18on",
                    missing);
        }
    }
}
