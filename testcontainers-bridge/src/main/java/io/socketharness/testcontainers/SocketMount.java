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
                    + ", which would hide the container's own; use a directory for the socket alone, give no path"
                    + " for a private one, or say where to mount it, as in expose(server, container, \"/sockets\")");
        }
        return new SocketMount(server, directory);
    }

    static SocketMount of(FakeServer server, String directory) {
        outside(server);
        if (!directory.matches("(/[^/:]+)+")) {
            throw new IllegalArgumentException("directory \"" + directory + "\" is none that " + title(server)
                    + " could be mounted at; an absolute path without a colon is allowed, such as /run/app");
        }
        return new SocketMount(server, directory);
    }

    private static Path outside(FakeServer server) {
        if (!server.spec().transport().isUnix()) {
            throw new IllegalArgumentException(title(server)
                    + " has no directory to mount, but a host and a port; call expose(server, container)");
        }
        if (server.spec().path().orElse("").startsWith("@")) {
            throw new IllegalArgumentException(title(server)
                    + " cannot be reached from a container: an abstract name is known in one network namespace alone, and a"
                    + " container has its own; bind it to a path, or give none for a private one");
        }
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new IllegalArgumentException(title(server)
                    + " cannot be reached from a container: on this system containers run in a machine of their own, and"
                    + " Unix sockets end at it; use tcp");
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
                    container, server, "has nothing mounted at " + directory, "give the servers one directory");
        }
        mounts.add(mount);
        container.setBinds(mounts);
    }

    private void requireSame(Bind other, Bind mount) {
        if (!other.getPath().equals(mount.getPath())) {
            throw new IllegalArgumentException("directory \"" + directory + "\" is taken by " + other.getPath()
                    + ", and cannot be " + mount.getPath() + " of " + title(server)
                    + " too; say another one for it, or give the servers one directory");
        }
    }
}
