package io.socketharness.internal.spec;

import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checked path and permissions of a Unix socket. */
public record UnixOptions(
        @Nullable String path,
        @Nullable Integer umask,
        @Nullable Integer mode,
        boolean replaceStale) {

    public static final UnixOptions NONE = new UnixOptions(null, null, null, false);

    /** The limit of the JDK on Linux, one byte less than unix(7) allows. */
    private static final int LONGEST_PATH = 106;

    private static final int LONGEST_NAME = 107;
    private static final int ALL = 0777;

    /** The options of a specification. */
    public static UnixOptions of(ServerSpec spec) {
        boolean isUmask = spec.umask().isPresent();
        return new UnixOptions(
                spec.path().orElse(null),
                isUmask ? spec.umask().getAsInt() : null,
                isUmask || spec.mode().isEmpty() ? null : spec.mode().getAsInt(),
                spec.replacesStale());
    }

    public UnixOptions path(String text) {
        return new UnixOptions(checkPath(text), umask, mode, replaceStale);
    }

    public UnixOptions umask(String octal) {
        return new UnixOptions(path, octal("umask", octal, "0177"), mode, replaceStale);
    }

    public UnixOptions mode(String octal) {
        return new UnixOptions(path, umask, octal("mode", octal, "0600"), replaceStale);
    }

    public UnixOptions replaceStale(boolean on) {
        return new UnixOptions(path, umask, mode, on);
    }

    private static String checkPath(String path) {
        if (isAbstract(path)) {
            int length = path.getBytes(StandardCharsets.UTF_8).length - 1;
            if (length < 1 || length > LONGEST_NAME) {
                throw new IllegalArgumentException("path \"" + path + "\" is an abstract name of " + length
                        + " bytes; 1 to " + LONGEST_NAME + " are allowed after the @");
            }
            return path;
        }
        if (path.startsWith("~")) {
            throw new IllegalArgumentException("path \"" + path
                    + "\" begins with a ~, which only a shell replaces; an absolute path is allowed, such as "
                    + Path.of(System.getProperty("user.home", "/home/me"), "x.sock"));
        }
        if (!path.startsWith("/") && !Path.of(path).isAbsolute()) {
            throw new IllegalArgumentException("path \"" + path
                    + "\" is relative, and would depend on the working directory of the JVM; an absolute path is"
                    + " allowed, such as /run/x.sock, or @name for an abstract name, or no path for a private socket");
        }
        int length = path.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new IllegalArgumentException("path \"" + path + "\" has " + length + " bytes; up to " + LONGEST_PATH
                    + " are allowed by the system: use a shorter directory, or no path for a private socket");
        }
        return path;
    }

    /** Whether a path is short enough to bind a socket. */
    public static boolean hasRoom(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
    }

    private static int octal(String name, String text, String example) {
        if (!text.matches("0*[0-7]{1,3}")) {
            throw new IllegalArgumentException(
                    name + " is \"" + text + "\"; an octal number from 0 to 0777 is allowed, such as " + example);
        }
        return Integer.parseInt(text, 8);
    }

    /** Refuses invalid combinations. */
    public void check(Transport transport) {
        if (!transport.isUnix()) {
            if (!equals(NONE)) {
                throw new IllegalArgumentException("path, umask, mode and replaceStale are for unix and udg; over "
                        + transport + " a server has a host and a port");
            }
            return;
        }
        if (umask != null && mode != null) {
            throw new IllegalArgumentException(
                    "found a umask and a mode; one of them is allowed: the mode is 0777 without"
                            + " the bits of the umask");
        }
        if (path != null && isAbstract(path) && (umask != null || mode != null || replaceStale)) {
            throw new IllegalArgumentException("path \"" + path
                    + "\" is an abstract name, which has no file: umask, mode and replaceStale are for files");
        }
    }

    private static boolean isAbstract(String path) {
        return path.startsWith("@");
    }

    public boolean isAbstract() {
        return path != null && isAbstract(path);
    }

    /** The name after the @. */
    public String abstractName() {
        return Objects.requireNonNull(path).substring(1);
    }

    /** The permissions of the socket's file; empty to use the umask of the process. */
    public OptionalInt permissions() {
        return umask != null ? OptionalInt.of(ALL & ~umask) : mode != null ? OptionalInt.of(mode) : OptionalInt.empty();
    }

    public static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromTheLeft = PosixFilePermission.values();
        for (int i = 0; i < fromTheLeft.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                set.add(fromTheLeft[i]);
            }
        }
        return set;
    }

    /** The part after the transport in a URL. */
    String inUrl() {
        return path == null ? ":" : isAbstract() ? ":" + path : "://" + path;
    }

    Optional<String> umaskInOctal() {
        return Optional.ofNullable(umask).map(UnixOptions::octal);
    }

    Optional<String> modeInOctal() {
        return Optional.ofNullable(mode).map(UnixOptions::octal);
    }

    private static String octal(int mode) {
        return "0" + Integer.toOctalString(mode);
    }
}
