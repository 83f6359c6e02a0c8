package io.socketharness.testcontainers;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.Volume;
import io.socketharness.FakeServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.testcontainers.containers.GenericContainer;

/**
 * The mount of a Unix socket's directory. A mount of the file would not work: the server creates a new file each time
 * it listens again, and a container would keep the old one.
 */
record SocketMount(FakeServer server, String directory) {

    /** Directories of images, which programs in containers use themselves; see hier(7). */
    private static final Set<String> OWN = Set.of(
            "/",
            "/bin",
            "/boot",
            "/dev",
            "/dev/shm",
            "/etc",
            "/home",
            "/lib",
            "/media",
            "/mnt",
            "/opt",
            "/proc",
            "/root",
            "/run",
            "/sbin",
            "/srv",
            "/sys",
            "/tmp",
            "/usr",
            "/var",
            "/var/lib",
            "/var/run",
            "/var/tmp");

    /** Returns a mount at the same path as on this machine. */
    static SocketMount of(FakeServer server) {
        String directory = outside(server).toString();
        if (OWN.contains(directory)) {
            throw new IllegalArgumentException(title(server) + " has its socket in " + directory
                    + ", which would hide the container's own; use a separate directory for the socket, use no path"
                    + " for a private socket, or pass the directory to mount it at, as in expose(server, container,"
                    + " \"/sockets\")");
        }
        return new SocketMount(server, directory);
    }

    static SocketMount of(FakeServer server, String directory) {
        outside(server);
        if (!directory.matches("(/[^/:]+)+")) {
            throw new IllegalArgumentException("cannot mount " + title(server) + " at \"" + directory
                    + "\"; an absolute path without a colon is allowed, such as /run/app");
        }
        return new SocketMount(server, directory);
    }

    private static Path outside(FakeServer server) {
        if (!server.spec().transport().isUnix()) {
            throw new IllegalArgumentException(title(server)
                    + " has a host and a port, and no directory to mount; call expose(server, container)");
        }
        if (server.spec().path().orElse("").startsWith("@")) {
            throw new IllegalArgumentException(title(server)
                    + " cannot be reached from a container: an abstract name exists only in one network namespace,"
                    + " and a container has its own; bind the server to a path, or use no path for a private socket");
        }
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IllegalArgumentException(title(server)
                    + " cannot be reached from a container: on this system containers run in a virtual machine, and"
                    + " Unix sockets do not cross its border; use tcp");
        }
        return Objects.requireNonNull(server.path().getParent());
    }

    private static String title(FakeServer server) {
        return server.recording().title();
    }

    /** Returns the socket's path in the container. */
    String socket() {
        return directory + "/" + server.path().getFileName();
    }

    void into(GenericContainer<?> container) {
        // writable, because a datagram client must bind a path there to get an answer
        Bind mount = new Bind(outside(server).toString(), new Volume(directory), AccessMode.rw, SELContext.shared);
        List<Bind> mounts = new ArrayList<>(container.getBinds());
        for (Bind other : mounts) {
            if (other.getVolume().equals(mount.getVolume())) {
                requireSame(other, mount);
                return;
            }
        }
        if (Started.is(container)) {
            throw Started.tooLate(
                    container, server, "has nothing mounted at " + directory, "put both sockets into one directory");
        }
        mounts.add(mount);
        container.setBinds(mounts);
    }

    private void requireSame(Bind other, Bind mount) {
        if (!other.getPath().equals(mount.getPath())) {
            throw new IllegalArgumentException("directory \"" + directory + "\" is in use for " + other.getPath()
                    + ", and cannot be " + mount.getPath() + " of " + title(server)
                    + " too; mount it at another directory, or put both sockets into one directory");
        }
    }
}
