package io.socketharness.internal.forward;

import io.socketharness.internal.net.Closing;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
        DatagramChannel channel = open(null);
        try {
            channel.connect(to);
            return new RealDatagrams(channel);
        } catch (IOException | RuntimeException failed) {
            Closing.quietly(channel);
            throw failed;
        }
    }

    /** With an address that another channel can share. */
    private static DatagramChannel open(@Nullable SocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            return channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        } catch (IOException | RuntimeException failed) {
            Closing.quietly(channel);
            throw failed;
        }
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
        try (DatagramChannel unconnected = open(channel.getLocalAddress())) {
            unconnected.send(ByteBuffer.allocate(0), channel.getRemoteAddress());
        }
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void reset() {
        close();
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
