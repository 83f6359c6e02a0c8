package io.socketharness.internal.unix;

import io.socketharness.ServerSpec;
import io.socketharness.Transport;
import io.socketharness.internal.net.JunixsocketLibrary;
import io.socketharness.internal.spec.UnixOptions;
import java.io.IOException;

/**
 * The library for what the JDK's Unix sockets do not support: datagrams and abstract names. Classes that use it are
 * loaded only when it is known to be present, because verifying them loads it.
 */
public final class Junixsocket {

    private Junixsocket() {}

    /** Checks that the library is present and works here, if a server needs it. */
    public static void checkFor(ServerSpec spec) throws IOException {
        boolean datagrams = spec.transport() == Transport.UNIX_DATAGRAM;
        if (datagrams || UnixOptions.of(spec).isAbstract()) {
            JunixsocketLibrary.require(
                    datagrams ? "Unix datagrams" : "abstract names",
                    UnixOptions.of(spec).isAbstract());
        }
    }
}
