package io.socketharness.internal.net;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Options after the question mark of a URL. */
public final class UrlOptions {

    private UrlOptions() {}

    /** Replaces %XX, and + by a space. */
    public static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("found % without two hex digits in \"" + value + "\"; write %25 for %");
        }
    }
}
