package io.socketharness.spi;

import io.socketharness.internal.sweep.KnownWeaknesses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a sweep's known weaknesses: in the sources of the tests, or else on the class path. */
final class KnownFile {

    private final Class<?> testClass;
    private final String name;

    KnownFile(Class<?> testClass, String name) {
        this.testClass = testClass;
        this.name = name;
    }

    /** A missing file has no lines. */
    KnownWeaknesses read() {
        try {
            Path file = TapeLocation.inSources(testClass, name);
            URL resource = testClass.getResource(name);
            if (Files.exists(file) || resource == null) {
                return KnownWeaknesses.read(file);
            }
            try (InputStream in = resource.openStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return KnownWeaknesses.of(file, text.lines().toList());
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("known: " + name + " cannot be read: " + unreadable.getMessage());
        } catch (IllegalArgumentException | UncheckedIOException wrong) {
            throw new IllegalArgumentException("known: " + wrong.getMessage());
        }
    }
}
