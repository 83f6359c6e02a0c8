package io.socketharness;

import io.socketharness.recording.Event;
import io.socketharness.recording.ExchangeRecorder;
import java.io.IOException;
import java.net.SocketAddress;

/** The port that one conversation has gone on from: what comes to it is that conversation's. */
final class OwnPort {

    private final FakeServer server;
    private final DatagramPort port;

    OwnPort(FakeServer server, ServerSpec spec) throws IOException {
        this.server = server;
        this.port = new UdpPort(spec, 0);
    }

    DatagramPort port() {
        return port;
    }

    /** Begins to receive: {@code goOn} is called for each datagram, when it is in the conversation. */
    void receive(DatagramWire wire, ExchangeRecorder recorder, Runnable goOn) {
        recorder.event(
                Event.Kind.NEW_PORT, "goes on from port " + port.endpoint().port());
        Thread unused = server.listen(() -> {
            try {
                while (true) {
                    SocketAddress source = port.receive(0);
                    if (source != null) {
                        wire.received(port.datagram(), source);
                        goOn.run();
                    }
                }
            } catch (Throwable failed) {
                if (!port.isClosed()) {
                    server.failed("it can receive no more datagrams", failed);
                }
            } finally {
                port.release();
            }
        });
    }
}
