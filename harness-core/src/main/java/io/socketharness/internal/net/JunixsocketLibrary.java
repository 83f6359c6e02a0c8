package io.socketharness.internal.net;

import java.io.IOException;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFSocketCapability;

/** Checks that junixsocket is present and works here. */
public final class JunixsocketLibrary {

    private static final String TO_ADD = "com.kohlschutter.junixsocket:junixsocket-core:2.11.1 of type pom";

    private JunixsocketLibrary() {}

    /**
     * Requires the library.
     *
     * @param what needs it, for messages
     * @param abstractNames whether it must support abstract names
     * @throws IOException if it is not on the class path, or has no native library for this system
     */
    public static void require(String what, boolean abstractNames) throws IOException {
        try {
            Class.forName(
                    "org.newsclub.net.unix.AFUNIXSocketAddress", false, JunixsocketLibrary.class.getClassLoader());
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
