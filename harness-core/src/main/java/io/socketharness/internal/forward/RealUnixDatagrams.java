package io.socketharness.internal.forward;

import io.socketharness.internal.net.Closing;
import io.socketharness.internal.net.TemporaryDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * The datagrams of a real server on a Unix socket, with junixsocket. It has a path of its own, in a private directory,
 * so that the real server can answer.
 */
final class RealUnixDatagrams implements RealServer {

    private static final int LARGEST = 1 << 20;
    /** One for all clients: direct memory is limited, and a receive does not wait. */
    private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(LARGEST);
    /** The system does not report when the real server has made room. */
    private static final long UNTIL_ROOM = 1_000_000;

    private final AFUNIXDatagramChannel channel;
    private final Selector selector;
    private final AFUNIXSocketAddress to;
    private final Path own;
    private volatile boolean closed;

    private RealUnixDatagrams(AFUNIXDatagramChannel channel, Selector selector, AFUNIXSocketAddress to, Path own) {
        this.channel = channel;
        this.selector = selector;
        this.to = to;
        this.own = own;
    }

    static RealUnixDatagrams connect(RealServerAddress address) throws IOException {
        Path path = Path.of(address.path());
        if (!Files.exists(path)) {
            throw new IOException("No such file or directory");
        }
        Path own = TemporaryDirectory.create(TemporaryDirectory.parent(), "harness")
                .resolve("socket");
        AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open();
        try {
            channel.bind(AFUNIXSocketAddress.of(own));
            channel.configureBlocking(false);
            Selector selector = channel.provider().openSelector();
            channel.register(selector, SelectionKey.OP_READ);
            return new RealUnixDatagrams(channel, selector, AFUNIXSocketAddress.of(path), own);
        } catch (IOException | RuntimeException failed) {
            Closing.quietly(channel);
            delete(own);
            throw failed;
        }
    }

    @Override
    public byte[] read() throws IOException {
        try {
            while (!closed) {
                byte[] datagram = receive();
                if (datagram.length > 0) {
                    return datagram;
                }
                selector.select();
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException ended) {
            // another thread has closed it
        }
        throw new ClosedChannelException();
    }

    /** Does not wait. An empty datagram looks like no datagram. */
    private byte[] receive() throws IOException {
        synchronized (BUFFER) {
            // null also for a sender without a path
            channel.receive(BUFFER.clear());
            byte[] datagram = new byte[BUFFER.flip().remaining()];
            BUFFER.get(datagram);
            return datagram;
        }
    }

    @Override
    public void write(byte[] data) throws IOException {
        ByteBuffer datagram = ByteBuffer.wrap(data);
        while (channel.send(datagram, to) < data.length && datagram.hasRemaining()) {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (Thread.currentThread().isInterrupted()) {
                // it would not park any more
                throw new ClosedByInterruptException();
            }
            LockSupport.parkNanos(UNTIL_ROOM);
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
        closed = true;
        selector.wakeup();
        Closing.quietly(channel);
        Closing.quietly(selector);
        delete(own);
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(Objects.requireNonNull(socket.getParent()));
        } catch (IOException remains) {
            // in the directory for temporary files
        }
    }
}
