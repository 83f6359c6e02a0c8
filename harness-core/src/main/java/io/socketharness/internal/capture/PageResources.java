package io.socketharness.internal.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style sheet and the script of pages. */
public final class PageResources {

    private PageResources() {}

    /** Reads a file of this package. */
    public static String read(String name) throws IOException {
        try (InputStream in = PageResources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the resource " + name + " of socket-harness is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The policy of a page without a script, which loads nothing. */
    public static String policy() {
        return "default-src 'none'; style-src 'unsafe-inline'";
    }

    /** The policy that allows this script alone, and nothing from elsewhere. */
    static String policy(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return policy() + "; script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
