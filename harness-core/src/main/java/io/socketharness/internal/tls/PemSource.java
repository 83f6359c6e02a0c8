package io.socketharness.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A text that should be PEM.
 *
 * @param name for messages
 * @param text one character per byte
 */
public record PemSource(String name, String text) {

    /** The byte order mark of UTF-8, which editors add. */
    private static final String BOM = "\u00ef\u00bb\u00bf";

    public static PemSource of(String text) {
        return new PemSource("The PEM text", text);
    }

    public static PemSource of(Path file) {
        String text = new String(bytes(file), StandardCharsets.ISO_8859_1);
        return new PemSource(file.toString(), text.startsWith(BOM) ? text.substring(BOM.length()) : text);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(
                    file + " does not exist; expected a file with a certificate or a key", missing);
        } catch (AccessDeniedException denied) {
            throw new IllegalArgumentException(
                    file + " cannot be read: permission denied; expected a file with a certificate or a key", denied);
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    file + " cannot be read: " + failure.getMessage() + "; expected a file with a certificate or a key",
                    failure);
        }
    }
}
