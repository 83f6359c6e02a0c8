package io.socketharness.internal.net;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Creates directories for temporary files, or reports why that fails. */
public final class TemporaryDirectory {

    private TemporaryDirectory() {}

    /** The directory of {@code java.io.tmpdir}. */
    public static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir", ""));
    }

    public static Path create(Path parent, String prefix) throws IOException {
        try {
            return Files.createTempDirectory(parent, prefix);
        } catch (NoSuchFileException missing) {
            throw new IOException(
                    "the directory " + parent
                            + " for temporary files does not exist; create it, or set java.io.tmpdir to another",
                    missing);
        } catch (AccessDeniedException forbidden) {
            throw new IOException(
                    "this process is not allowed to create files in " + parent + "; set java.io.tmpdir to another"
                            + " directory",
                    forbidden);
        }
    }
}
