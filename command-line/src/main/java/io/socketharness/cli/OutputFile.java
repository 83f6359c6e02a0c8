package io.socketharness.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes files of text. */
final class OutputFile {

    private OutputFile() {}

    /** What a file contains that the program has written, so that it may be replaced. */
    enum Kind {
        READY("ready "),
        AUTHORITY("-----BEGIN CERTIFICATE-----"),
        XML("<?xml "),
        HTML("<!DOCTYPE html>");

        private final String begin;

        Kind(String begin) {
            this.begin = begin;
        }

        private boolean fits(String text) {
            return text.isEmpty() || text.startsWith(begin) && !text.contains("PRIVATE KEY");
        }
    }

    /** Fails before the start if a file cannot be written later, or would replace another kind of file. */
    static void check(@Nullable Path file, Kind kind) {
        if (file == null || Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            return;
        }
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "it is a directory");
            }
            if (Files.exists(file) && !kind.fits(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                throw new FileSystemException(
                        file.toString(), null, "the file exists with other content, and is not replaced");
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
