package io.socketharness;

import java.io.IOException;
import java.net.BindException;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFSocketCapability;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The library that has what the JDK's Unix sockets have not: datagrams and abstract names. */
final class Junixsocket {

    private static final String VERSION = "2.11.1";

    private Junixsocket() {}

    /** Sees to it that the library is there, without loading anything of it if not, and that it works here. */
    static void require(UnixOptions options, String what) throws IOException {
        try {
            Class<?> unused = Class.forName(
                    "org.newsclub.net.unix.AFUNIXSocketAddress", false, Junixsocket.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IOException(
                    what + " need junixsocket, as the JDK has none: add the dependency"
                            + " com.kohlschutter.junixsocket:junixsocket-core:" + VERSION + " of type pom",
                    absent);
        }
        Native.check(options, what);
    }

    /** A class of its own, for to load it is to load the library. */
    private static final class Native {

        private Native() {}

        static void check(UnixOptions options, String what) throws IOException {
            if (!AFSocket.isSupported()
                    || options.isAbstract() && !AFSocket.supports(AFSocketCapability.CAPABILITY_ABSTRACT_NAMESPACE)) {
                throw new Unsupported(what + " are none that junixsocket has on this system", null);
            }
        }
    }

    /** An abstract name as Linux has it: its length counts, and padding is part of it. */
    static AFUNIXSocketAddress abstractName(UnixOptions options) throws IOException {
        return AFUNIXSocketAddress.inAbstractNamespace(options.abstractName());
    }

    /** Why a socket got no abstract name. */
    static IOException taken(IOException failed) {
        return failed instanceof BindException
                        || String.valueOf(failed.getMessage()).contains("in use")
                ? new IOException("another socket has this name; use another, or no path for a private one", failed)
                : failed;
    }

    /** An address for people. */
    static String name(AFUNIXSocketAddress address) {
        String path = address.getPath();
        return address.isInAbstractNamespace() ? "@" + path.substring(1) : path;
    }
}
