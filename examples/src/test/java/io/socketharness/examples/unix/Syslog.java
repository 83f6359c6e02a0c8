package io.socketharness.examples.unix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Ships lines of a log to the syslog daemon of this machine; the client under test. */
final class Syslog implements AutoCloseable {

    private static final int USER_NOTICE = 13;

    private final AFUNIXDatagramSocket socket;
    private final String tag;

    /** Refuses a socket that others than its owner could have put there for us to write to. */
    Syslog(Path daemon, String tag) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(daemon);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(daemon + " may be written by anybody: " + PosixFilePermissions.toString(permissions));
        }
        this.tag = tag;
        socket = AFUNIXDatagramSocket.newInstance();
        socket.connect(AFUNIXSocketAddress.of(daemon));
    }

    /** Sends a line, in the form of RFC 3164 without the time, which daemons add. */
    void notice(String line) throws IOException {
        byte[] message = ("<" + USER_NOTICE + ">" + tag + ": " + line).getBytes(StandardCharsets.UTF_8);
        socket.send(new java.net.DatagramPacket(message, message.length));
    }

    @Override
    public void close() {
        socket.close();
    }
}
