package io.socketharness.internal.forward;

import io.socketharness.internal.net.Closing;
import io.socketharness.internal.tls.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** A stream connection to a real server. Its channel blocks. */
final class RealStream implements RealServer {

    private static final int BUFFER = 16 * 1024;

    private final SocketChannel channel;
    private final boolean canReset;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private volatile @Nullable TlsClient tls;

    private RealStream(SocketChannel channel, boolean canReset) {
        this.channel = channel;
        this.canReset = canReset;
    }

    static RealStream connect(RealServerAddress address, Duration limit) throws IOException {
        if (address.transport().isUnix()) {
            return new RealStream(connectUnix(Path.of(address.path()), limit), false);
        }
        return new RealStream(connectTcp(address, limit), true);
    }

    /** A connect waits while the backlog is full. The JDK has no time limit for it, but closing the channel ends it. */
    private static SocketChannel connectUnix(Path path, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        CompletableFuture<Boolean> connected =
                new CompletableFuture<Boolean>().completeOnTimeout(false, limit.toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> closing = connected.thenAccept(inTime -> {
            if (!inTime) {
                Closing.quietly(channel);
            }
        });
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException failed) {
            Closing.quietly(channel);
            if (connected.complete(true)) {
                throw failed;
            }
        }
        if (!connected.complete(true) && !connected.join()) {
            closing.join();
            throw new SocketTimeoutException("no answer");
        }
        return channel;
    }

    /** Tries each address of the host. */
    private static SocketChannel connectTcp(RealServerAddress address, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        IOException failed = null;
        for (InetAddress one : InetAddress.getAllByName(address.host())) {
            SocketChannel channel = SocketChannel.open();
            try {
                int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, (deadline - System.nanoTime()) / 1_000_000));
                channel.socket().connect(new InetSocketAddress(one, address.port()), millis);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return channel;
            } catch (SocketTimeoutException late) {
                Closing.quietly(channel);
                failed = new SocketTimeoutException("no answer");
            } catch (IOException refused) {
                Closing.quietly(channel);
                failed = refused;
            }
        }
        throw failed == null ? new IOException("the host has no address") : failed;
    }

    /** Establishes TLS; meanwhile no other thread reads or writes. */
    TlsClient startTls(SSLEngine engine, Duration limit) throws IOException {
        TlsClient started = new TlsClient(channel, engine);
        started.handshake(System.nanoTime() + limit.toNanos());
        tls = started;
        return started;
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        buffer.clear();
        TlsClient secure = tls;
        int count = secure == null ? channel.read(buffer) : secure.read(buffer);
        return count < 0 ? null : Arrays.copyOf(buffer.array(), count);
    }

    @Override
    public void write(byte[] data) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(data);
        TlsClient secure = tls;
        if (secure == null) {
            while (all.hasRemaining()) {
                channel.write(all);
            }
        } else {
            secure.write(all);
        }
    }

    @Override
    public boolean isTruncated() {
        TlsClient secure = tls;
        return secure != null && secure.isTruncated();
    }

    @Override
    public void shutdownOutput(boolean truncates) throws IOException {
        TlsClient secure = tls;
        if (secure != null && !truncates) {
            secure.closeOutput();
        }
        channel.shutdownOutput();
    }

    @Override
    public void reset() {
        if (canReset && channel.isOpen()) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException ended) {
                // another thread has closed it
            }
        }
        close();
    }

    @Override
    public void close() {
        Closing.quietly(channel);
    }
}
