package io.socketharness.internal.unix;

import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.internal.net.Unsupported;
import io.socketharness.internal.spec.UnixOptions;
import java.io.IOException;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFSocketCapability;

/**
 * The library for what the JDK's Unix sockets do not support: datagrams and abstract names. Classes that use it are
 * loaded only when it is known to be present, because verifying them loads it.
 */
public final class Junixsocket {

    private static final String TO_ADD = "com.kohlschutter.junixsocket:junixsocket-core:2.11.1 of type pom";

    private Junixsocket() {}

    /** Checks that the library is present and works here, if a server needs it. */
    public static void checkFor(ServerSpec spec) throws IOException {
        boolean datagrams = spec.transport() == Transport.UNIX_DATAGRAM;
        if (datagrams || UnixOptions.of(spec).isAbstract()) {
            require(
                    datagrams ? "Unix datagrams" : "abstract names",
                    UnixOptions.of(spec).isAbstract());
        }
    }

    private static void require(String what, boolean abstractNames) throws IOException {
        try {
            Class.forName("org.newsclub.net.unix.AFUNIXSocketAddress", false, Junixsocket.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IOException(
                    what + " need junixsocket because the JDK does not support them: add the dependency " + TO_ADD,
                    absent);
        }
        Native.check(what, abstractNames);
    }

    /** A separate class, because loading it loads the library. */
    private static final class Native {

        private Native() {}

        static void check(String what, boolean abstractNames) throws IOException {
            if (!AFSocket.isSupported()
                    || abstractNames && !AFSocket.supports(AFSocketCapability.CAPABILITY_ABSTRACT_NAMESPACE)) {
                throw new Unsupported(
                        what + " are not supported by junixsocket on this system; its native libraries come with "
                                + TO_ADD,
                        null);
            }
        }
    }
}
