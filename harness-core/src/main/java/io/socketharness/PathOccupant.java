package io.socketharness;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What stands where a socket's file is to be. */
enum PathOccupant {
    STALE("a socket is there that a dead process has left; delete it, or set replaceStale to have it replaced"),
    LIVING("a living server has this path; use another, or give none for a private one"),
    OTHER("a file is there that is no socket, and is never replaced; use another path, or give none for a private one");

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final String reason;

    PathOccupant(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    static PathOccupant of(Path path) {
        return isSocket(path) ? refuses(path) ? STALE : LIVING : OTHER;
    }

    /** Every other file refuses connections too. */
    private static boolean isSocket(Path path) {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & TYPE) == SOCKET;
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static boolean refuses(Path path) {
        try (SocketChannel probe = SocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            // a full queue of connections would else be waited for
            probe.configureBlocking(false);
            boolean unused = probe.connect(UnixDomainSocketAddress.of(path));
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException otherwise) {
            return false;
        }
    }
}
