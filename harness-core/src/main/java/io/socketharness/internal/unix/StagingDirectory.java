package io.socketharness.internal.unix;

import io.socketharness.internal.net.TemporaryDirectory;
import io.socketharness.internal.spec.UnixOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A directory beside a path that no other user may enter. A socket is bound there before it is published at the path.
 */
final class StagingDirectory implements AutoCloseable {

    private final Path directory;
    private final Path file;
    private @Nullable Path shortCut;

    StagingDirectory(Path path) throws IOException {
        // short, because paths are limited
        String name = "." + Integer.toString(ThreadLocalRandom.current().nextInt(0x1000000), 36);
        directory = Files.createDirectory(
                path.resolveSibling(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        file = directory.resolve("s");
    }

    Path file() {
        return file;
    }

    Path directory() {
        return directory;
    }

    /** The file's path, or a path through a symbolic link if the former is too long. */
    Path bindAt() throws IOException {
        if (UnixOptions.hasRoom(file)) {
            return file;
        }
        Path holder = TemporaryDirectory.create(TemporaryDirectory.parent(), "h");
        shortCut = holder.resolve("l");
        return Files.createSymbolicLink(shortCut, directory).resolve(file.getFileName());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.delete(directory);
        if (shortCut != null) {
            Files.delete(shortCut);
            Files.delete(shortCut.resolveSibling(""));
        }
    }
}
