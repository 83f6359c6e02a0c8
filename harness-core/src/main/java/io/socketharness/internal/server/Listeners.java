package io.socketharness.internal.server;

import io.socketharness.ServerSpec;
import io.socketharness.internal.datagram.DatagramListener;
import io.socketharness.internal.datagram.UdpPort;
import io.socketharness.internal.runtime.Listener;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.internal.spec.UnixOptions;
import io.socketharness.internal.stream.StreamListener;
import io.socketharness.internal.stream.TcpAddress;
import io.socketharness.internal.unix.AbstractNameAddress;
import io.socketharness.internal.unix.Junixsocket;
import io.socketharness.internal.unix.UnixAddress;
import io.socketharness.internal.unix.UnixDatagramPort;
import java.io.IOException;

/** Binds the listener of a server for its transport. */
final class Listeners {

    private Listeners() {}

    static Listener open(ServerRuntime runtime) throws IOException {
        ServerSpec spec = runtime.spec();
        Junixsocket.checkFor(spec);
        return switch (spec.transport()) {
            case TCP, TLS -> new StreamListener(runtime, new TcpAddress(spec));
            case UNIX ->
                new StreamListener(
                        runtime,
                        UnixOptions.of(spec).isAbstract() ? new AbstractNameAddress(spec) : new UnixAddress(spec));
            case UDP, DTLS -> new DatagramListener(runtime, new UdpPort(spec));
            case UNIX_DATAGRAM -> new DatagramListener(runtime, new UnixDatagramPort(spec));
        };
    }
}
