package io.socketharness.internal.unix;

import io.socketharness.internal.spec.UnixOptions;
import java.io.IOException;
import java.net.BindException;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The names of Unix sockets in junixsocket. */
final class UnixNames {

    private UnixNames() {}

    /** An abstract name as Linux defines it: the length counts, and padding is part of it. */
    static AFUNIXSocketAddress abstractName(UnixOptions options) throws IOException {
        return AFUNIXSocketAddress.inAbstractNamespace(options.abstractName());
    }

    /** The reason why an abstract name cannot be bound. */
    static IOException taken(IOException failed) {
        if (String.valueOf(failed.getMessage()).equals("Socket is closed")) {
            // junixsocket's message if the system has no descriptor
            return new IOException("Too many open files", failed);
        }
        return failed instanceof BindException
                        || String.valueOf(failed.getMessage()).contains("in use")
                ? new IOException(
                        "another socket has this name; use another name, or no path for a private" + " socket", failed)
                : failed;
    }

    /** An address for people. */
    static String name(AFUNIXSocketAddress address) {
        String path = address.getPath();
        return address.isInAbstractNamespace() ? "@" + path.substring(1) : path;
    }
}
