package io.socketharness.internal.datagram;

import io.socketharness.internal.network.Link;
import io.socketharness.internal.recording.ExchangeRecorder;
import io.socketharness.internal.runtime.ServerRuntime;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import org.jspecify.annotations.Nullable;

/**
 * The datagrams of a conversation on the wire, below DTLS. They pass the simulated network, if the server has one; it
 * can be added at any time.
 */
final class DatagramWire {

    private final ServerRuntime runtime;
    private final DatagramListener listener;
    private final ExchangeRecorder recorder;
    private volatile @Nullable DatagramNetwork network;

    DatagramWire(ServerRuntime runtime, DatagramListener listener, ExchangeRecorder recorder) {
        this.runtime = runtime;
        this.listener = listener;
        this.recorder = recorder;
    }

    /** Takes a datagram for the server. */
    @FunctionalInterface
    interface Arrival {
        void received(ByteBuffer datagram, SocketAddress source);
    }

    /** Sends as {@link DatagramPort#send} does; a simulated network always has room. */
    void send(ByteBuffer datagram, DatagramPort from, SocketAddress to) throws IOException {
        DatagramNetwork simulated = network;
        if (simulated == null) {
            from.send(datagram, to);
        } else {
            simulated.send(datagram, from, to);
        }
    }

    /** Passes on a datagram that has arrived at a port: at once, or when the simulated network lets it pass. */
    void received(ByteBuffer datagram, SocketAddress source, Arrival arrival) {
        DatagramNetwork simulated = network;
        if (simulated == null) {
            arrival.received(datagram, source);
        } else {
            simulated.received(datagram, source, arrival);
        }
    }

    /** Puts the server's simulated network in front of the conversation. */
    synchronized Link simulate() {
        DatagramNetwork known = network;
        if (known == null) {
            known = new DatagramNetwork(runtime.simulatedNetwork(SelectorProvider.provider()), listener, recorder);
            known.link().changed();
            network = known;
        }
        return known.link();
    }

    boolean isSimulated() {
        return network != null;
    }

    /** Waits until changed conditions have effect. */
    void sync() {
        runtime.simulatedNetwork(SelectorProvider.provider()).sync();
    }
}
