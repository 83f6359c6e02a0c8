package io.socketharness.internal.tls;

/** Passphrases that files are written with. */
public final class Passphrases {

    private Passphrases() {}

    static void requireNotEmpty(String passphrase) {
        if (passphrase.isEmpty()) {
            throw new IllegalArgumentException("The passphrase is empty; expected at least one character");
        }
    }

    /** The JDK writes PKCS#12 with no others. */
    static void requireAscii(String passphrase) {
        requireNotEmpty(passphrase);
        if (!passphrase.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            throw new IllegalArgumentException(
                    "The passphrase contains characters outside ASCII, which PKCS#12 does not support here;"
                            + " expected ' ' to '~'");
        }
    }
}
