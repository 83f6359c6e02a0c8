package io.socketharness.internal.datagram;

import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.ServerRuntime;
import io.socketharness.recording.Event;
import java.net.SocketAddress;

/** The separate port of one conversation: all datagrams that arrive at it belong to that conversation. */
final class ConversationPort {

    private final ServerRuntime runtime;
    private final DatagramPort port;

    ConversationPort(ServerRuntime runtime, DatagramPort port) {
        this.runtime = runtime;
        this.port = port;
    }

    DatagramPort port() {
        return port;
    }

    /** Starts to receive. {@code resume} runs after each datagram, once the conversation has it. */
    void receive(DatagramTransport transport, ExchangeRecorder recorder, Runnable resume) {
        recorder.event(
                Event.Kind.NEW_PORT, "continues from port " + port.endpoint().port());
        DatagramWire.Arrival arrival = (datagram, source) -> {
            transport.received(datagram, source);
            resume.run();
        };
        runtime.listen(() -> {
            try {
                while (true) {
                    SocketAddress source = port.receive(0);
                    if (source != null) {
                        transport.wire().received(port.datagram(), source, arrival);
                    }
                }
            } catch (Throwable failed) {
                if (!port.isClosed()) {
                    runtime.failed("it can receive no more datagrams", failed);
                }
            } finally {
                port.release();
            }
        });
    }
}
