package io.socketharness.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes files of text. */
final class OutputFile {

    private OutputFile() {}

    /** Fails early if a file that is written at the end cannot be written. */
    static void check(@Nullable Path file) {
        if (file == null || Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            return;
        }
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "it is a directory");
            }
            Files.delete(Files.createFile(part(file)));
        } catch (IOException unwritable) {
            throw new UsageException(Problems.unusable(file, unwritable));
        }
    }

    /** Replaces a file in one move, so that no reader sees a part of it. */
    static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // such as /dev/stderr
            Files.writeString(file, text);
            return;
        }
        Path part = part(file);
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A file beside another one, in a directory that exists. */
    private static Path part(Path file) throws IOException {
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        return directory.resolve("." + UUID.randomUUID() + ".part");
    }
}
