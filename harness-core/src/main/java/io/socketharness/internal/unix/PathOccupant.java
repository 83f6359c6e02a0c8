package io.socketharness.internal.unix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What exists at the path of a socket's file. */
enum PathOccupant {
    STALE("a stale socket of a dead process is there; delete it, or set replaceStale to replace it"),
    LIVING("a running server uses this path; use another path, or no path for a private socket"),
    OTHER("a file that is not a socket is there, and is never replaced; use another path, or no path for a private"
            + " socket");

    private static final Path LIST = Path.of("/proc/net/unix");
    /** A datagram socket, or a listening one: its flag is __SO_ACCEPTCON. */
    private static final Pattern LISTED =
            Pattern.compile("\\S+ \\S+ \\S+ (00010000 \\S+|\\S+ 0002) \\S+ +\\S+ (?<path>.+)");

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
        if (!isSocket(path)) {
            return OTHER;
        }
        return SocketFile.isLiving(path) || isListed(path) || !refuses(path) ? LIVING : STALE;
    }

    /** Other files refuse connections too. */
    private static boolean isSocket(Path path) {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & TYPE) == SOCKET;
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** Whether Linux lists a bound socket at the path. A test connection would be visible to its server. */
    private static boolean isListed(Path path) {
        String bytes = new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (Stream<String> lines = Files.lines(LIST, StandardCharsets.ISO_8859_1)) {
            return lines.map(LISTED::matcher)
                    .anyMatch(line -> line.matches() && line.group("path").equals(bytes));
        } catch (IOException | UncheckedIOException otherSystem) {
            return false;
        }
    }

    private static boolean refuses(Path path) {
        try (SocketChannel probe = SocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            // otherwise connecting would wait for a full queue
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException otherwise) {
            return false;
        }
    }
}
