package io.socketharness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes files of text. */
final class OutputFile {

    private OutputFile() {}

    /** Replaces a file in one move, so that no reader sees a part of it. */
    static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // such as /dev/stderr
            Files.writeString(file, text);
            return;
        }
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = directory.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
