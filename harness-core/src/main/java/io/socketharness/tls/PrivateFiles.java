package io.socketharness.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that hold keys: read by nobody but this user, where the file system knows of users. */
final class PrivateFiles {

    private static @Nullable Path directory;

    private PrivateFiles() {}

    /** Makes a file in a directory of this JVM; both are deleted when it ends. */
    static Path create(String prefix, String suffix, byte[] content) {
        try {
            Path file = Files.createTempFile(directory(), prefix, suffix);
            file.toFile().deleteOnExit();
            return Files.write(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static synchronized Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("socket-harness-");
            directory.toFile().deleteOnExit();
        }
        return directory;
    }
}
