package io.socketharness.internal.tls;

/** Passphrases for written files. */
public final class Passphrases {

    private Passphrases() {}

    static void requireNotEmpty(String passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("The passphrase is empty; expected at least one character");
        }
    }

    /** The JDK supports no others in PKCS#12. */
    static void requireAscii(String passphrase) {
        requireNotEmpty(passphrase);
        if (!passphrase.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            throw new IllegalArgumentException(
                    "The passphrase contains characters outside ASCII, which PKCS#12 does not support here;"
                            + " expected ' ' to '~'");
        }
    }
}
