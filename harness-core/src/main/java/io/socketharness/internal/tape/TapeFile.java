package io.socketharness.internal.tape;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes the files of tapes. */
public final class TapeFile {

    /** The limit of Linux: links may form a circle. */
    private static final int MOST_LINKS = 40;

    private TapeFile() {}

    /** Writes a file in one move. Where the file system has no such move, a reader may see a part of it. */
    public static void write(Path file, String text) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // the move would replace a device
            throw new FileSystemException(
                    file.toString(), null, "not a regular file; choose another name for the tape");
        }
        Path target = target(file);
        Path directory = Files.createDirectories(target.getParent());
        // a temporary file of the JDK could be read by its owner only; the name of the file may have the longest size
        Path written = directory.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(written, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            move(written, target);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A symbolic link stays one, also if the file that it points to is missing. */
    private static Path target(Path file) throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path target = file.toAbsolutePath();
        for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(target); links++) {
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException none) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
