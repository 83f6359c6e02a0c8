package io.socketharness.internal.stream;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream on the wire, below TLS: those of its channel, or of a simulated network in front of it. The
 * network can be added at any time, while no thread reads.
 */
final class StreamWire implements ByteChannel {

    private final SocketChannel channel;
    /** Closed instead of the channel. */
    private final ByteChannel bytes;

    private volatile @Nullable StreamNetwork network;

    StreamWire(SocketChannel channel, ByteChannel bytes) {
        this.channel = channel;
        this.bytes = bytes;
    }

    SocketChannel channel() {
        return channel;
    }

    ByteChannel bytes() {
        return bytes;
    }

    /** The simulated network; null for none. */
    @Nullable
    StreamNetwork network() {
        return network;
    }

    void network(StreamNetwork added) {
        network = added;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        StreamNetwork simulated = network;
        return simulated == null ? bytes.read(into) : simulated.read(into);
    }

    @Override
    public int write(ByteBuffer data) throws IOException {
        StreamNetwork simulated = network;
        return simulated == null ? bytes.write(data) : simulated.write(data);
    }

    /** Sends a FIN. */
    void shutdownOutput() throws IOException {
        StreamNetwork simulated = network;
        if (simulated == null) {
            channel.shutdownOutput();
        } else {
            simulated.shutdownOutput();
        }
    }

    /** Has the system reset the connection when it is closed. */
    void resetAtClose() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        StreamNetwork simulated = network;
        try {
            bytes.close();
        } finally {
            if (simulated != null) {
                simulated.closed();
            }
        }
    }
}
