package io.socketharness.internal.unix;

import io.socketharness.internal.net.TemporaryDirectory;
import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.spec.UnixOptions;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket. It has its permissions from the first moment, and is replaced and deleted only while it
 * belongs to this server.
 *
 * <p>bind(2) gives a file the permissions that the umask of the process leaves, and clients can use it immediately. For
 * other permissions, the socket is bound in a directory that no other user may enter: a private one, or a staging
 * directory, from which link(2) publishes it. Like bind, link(2) fails if the path exists; a rename would replace it.
 */
final class SocketFile {

    /** Binds a socket at a path. */
    @FunctionalInterface
    interface Binder<T extends Closeable> {
        T bind(Path at) throws IOException;
    }

    private static final Set<PosixFilePermission> OTHERS_PASS_THROUGH = PosixFilePermissions.fromString("rwx--x--x");

    /** The files of this process's open servers, so that no test connection is needed. */
    private static final Set<FileIdentity> LIVING = ConcurrentHashMap.newKeySet();

    private static final String LONGEST_PRIVATE = "harness" + "0".repeat(20) + "/socket";

    private final UnixOptions options;
    private final Path path;
    private final @Nullable Path privateDirectory;
    /** Whether binding applies the umask. */
    private final boolean umaskCounts;

    private @Nullable FileIdentity own;

    SocketFile(UnixOptions options, boolean umaskCounts) throws IOException {
        this.options = options;
        this.umaskCounts = umaskCounts;
        String asked = options.path();
        if (asked == null) {
            Path made = privateDirectory();
            privateDirectory = made;
            path = made.resolve("socket");
        } else {
            privateDirectory = null;
            path = Path.of(asked);
        }
    }

    /** Uses the system's directory if the path of the directory for temporary files is too long. */
    private static Path privateDirectory() throws IOException {
        Path temporary = TemporaryDirectory.parent();
        Path system = Path.of("/tmp");
        boolean fits = UnixOptions.hasRoom(temporary.resolve(LONGEST_PRIVATE)) || !Files.isDirectory(system);
        return TemporaryDirectory.create(fits ? temporary : system, "harness");
    }

    Path path() {
        return path;
    }

    /** Whether a server of this process has its socket at the path. */
    static boolean isLiving(Path path) {
        FileIdentity there = FileIdentity.of(path);
        return there != null && LIVING.contains(there);
    }

    /** Binds a socket and publishes its file. A second call replaces the file. */
    <T extends Closeable> T publish(Binder<T> binder) throws IOException {
        try {
            T bound = bind(binder);
            own(FileIdentity.of(path));
            return bound;
        } catch (AccessDeniedException forbidden) {
            throw new IOException(forbidden(), forbidden);
        } catch (BindException failed) {
            throw String.valueOf(failed.getMessage()).startsWith("Permission denied")
                    ? new IOException(forbidden(), failed)
                    : failed;
        }
    }

    private void own(@Nullable FileIdentity published) {
        FileIdentity before = own;
        if (before != null) {
            LIVING.remove(before);
        }
        if (published != null) {
            LIVING.add(published);
        }
        own = published;
    }

    private String forbidden() {
        return "this process is not allowed to create files in " + path.getParent()
                + "; use another directory, or no path for a private socket";
    }

    private <T extends Closeable> T bind(Binder<T> binder) throws IOException {
        if (own == null && umaskCounts && options.permissions().isEmpty()) {
            try {
                return binder.bind(path);
            } catch (IOException failed) {
                requireDirectory();
                if (FileIdentity.of(path) == null) {
                    throw failed;
                }
            }
        }
        requireDirectory();
        FileIdentity before = FileIdentity.of(path);
        if (before != null && !before.equals(own)) {
            PathOccupant occupant = PathOccupant.of(path);
            if (occupant != PathOccupant.STALE || !options.replaceStale()) {
                throw new IOException(occupant.reason());
            }
        } else if (before == null && own != null) {
            throw new IOException("its file was deleted in the meantime");
        }
        try {
            return before == null && privateDirectory != null
                    ? hidden(binder, privateDirectory)
                    : staged(binder, before);
        } catch (UnsupportedOperationException noPermissions) {
            throw new Unsupported(
                    "the file system of " + path.getParent() + " does not support the permissions of a umask or mode",
                    noPermissions);
        }
    }

    /**
     * A private directory is its own staging directory until other users may enter it. The system knows the socket by
     * its path.
     */
    private <T extends Closeable> T hidden(Binder<T> binder, Path directory) throws IOException {
        T bound = binder.bind(path);
        try {
            Files.setPosixFilePermissions(path, permissions(directory, null));
            letOthersIn(directory);
            return bound;
        } catch (IOException | RuntimeException failed) {
            bound.close();
            Files.deleteIfExists(path);
            throw failed;
        }
    }

    private void requireDirectory() throws IOException {
        Path directory = path.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            boolean isThere = directory != null && Files.exists(directory);
            throw new IOException((isThere
                            ? directory + " is not a directory"
                            : directory == null
                                    ? path + " is not a file"
                                    : "the directory " + directory + " does not exist")
                    + "; create it first, or use no path for a private socket");
        }
    }

    private <T extends Closeable> T staged(Binder<T> binder, @Nullable FileIdentity replaced) throws IOException {
        try (StagingDirectory stage = new StagingDirectory(path)) {
            T bound = binder.bind(stage.bindAt());
            try {
                Files.setPosixFilePermissions(stage.file(), permissions(stage.directory(), replaced));
                publish(stage.file(), replaced);
                return bound;
            } catch (IOException | RuntimeException failed) {
                bound.close();
                throw failed;
            }
        }
    }

    private Set<PosixFilePermission> permissions(Path hidden, @Nullable FileIdentity replaced) throws IOException {
        if (options.permissions().isPresent()) {
            return UnixOptions.permissions(options.permissions().getAsInt());
        }
        return replaced != null && replaced.equals(own)
                ? Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
                : leftByUmask(hidden);
    }

    /** The permissions that bind(2) leaves of 0777: those that mkdir(2) leaves. */
    private static Set<PosixFilePermission> leftByUmask(Path hidden) throws IOException {
        Path probe = Files.createDirectory(hidden.resolve("d"));
        try {
            return Files.getPosixFilePermissions(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private void publish(Path staged, @Nullable FileIdentity replaced) throws IOException {
        if (replaced != null && replaced.equals(FileIdentity.of(path))) {
            Files.move(staged, path, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            Files.createLink(path, staged);
        } catch (FileAlreadyExistsException taken) {
            throw new IOException(PathOccupant.of(path).reason(), taken);
        }
    }

    private void letOthersIn(Path directory) throws IOException {
        if ((options.permissions().orElse(0) & 0022) != 0) {
            Files.setPosixFilePermissions(directory, OTHERS_PASS_THROUGH);
        }
    }

    /**
     * Deletes the file if it still belongs to this server. Called while the socket is open, so that no other file can
     * have its inode.
     */
    void delete() {
        try {
            FileIdentity ours = own;
            own(null);
            if (ours != null && ours.equals(FileIdentity.of(path))) {
                Files.delete(path);
            }
            if (privateDirectory != null) {
                Files.delete(privateDirectory);
            }
        } catch (IOException leftBehind) {
            // somebody else has replaced or deleted the file: it is not ours
        }
    }

    /** The identity of a file: device, inode, and whether it is a socket, because inodes are reused. */
    private record FileIdentity(Object key, boolean socket) {

        static @Nullable FileIdentity of(Path path) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                Object key = attributes.fileKey();
                return new FileIdentity(key == null ? path : key, attributes.isOther());
            } catch (IOException nothingThere) {
                return null;
            }
        }
    }
}
