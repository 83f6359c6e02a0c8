package io.socketharness.internal.forward;

import io.socketharness.internal.net.Closing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

/** The datagrams of a real server over UDP, from a port that one client has for itself. */
final class RealDatagrams implements RealServer {

    private static final int LARGEST = 65_535;

    private final DatagramChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);

    private RealDatagrams(DatagramChannel channel) {
        this.channel = channel;
    }

    static RealDatagrams connect(RealServerAddress address) throws IOException {
        InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
        if (to.isUnresolved()) {
            throw new UnknownHostException(address.host());
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(null);
            // only now: Linux would bind two channels that share their addresses to the same free port
            share(channel).connect(to);
            return new RealDatagrams(channel);
        } catch (IOException | RuntimeException failed) {
            Closing.quietly(channel);
            throw failed;
        }
    }

    /** Allows another channel at the same address. */
    private static DatagramChannel share(DatagramChannel channel) throws IOException {
        return channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    }

    @Override
    public byte[] read() throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        // the JDK returns -1 for an empty datagram
        return Arrays.copyOf(buffer.array(), Math.max(0, count));
    }

    @Override
    public void write(byte[] data) throws IOException {
        if (data.length > 0) {
            channel.write(ByteBuffer.wrap(data));
            return;
        }
        // a connected channel of the JDK sends no empty datagram
        try (DatagramChannel unconnected = DatagramChannel.open()) {
            share(unconnected).bind(channel.getLocalAddress());
            unconnected.send(ByteBuffer.allocate(0), channel.getRemoteAddress());
        }
    }

    @Override
    public void shutdownOutput(boolean truncates) {}

    @Override
    public void reset() {
        close();
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
