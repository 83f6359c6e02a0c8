package io.socketharness.testing;

import io.socketharness.FakeServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** A client of Unix datagrams, whose receives end after twenty seconds. */
public final class UnixDatagramClient implements Closeable {

    private static final int TIMEOUT = 20_000;
    private static final int LARGEST = 1 << 20;

    private final AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open();
    private final Selector selector;
    private final AFUNIXSocketAddress server;
    private final @Nullable Path own;

    private UnixDatagramClient(FakeServer server, @Nullable AFUNIXSocketAddress name, @Nullable Path own)
            throws IOException {
        this.server = address(server.socketAddress());
        this.own = own;
        if (name != null) {
            channel.bind(name);
        }
        channel.configureBlocking(false);
        selector = channel.provider().openSelector();
        channel.register(selector, SelectionKey.OP_READ);
    }

    private static AFUNIXSocketAddress address(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress path
                ? AFUNIXSocketAddress.of(path.getPath())
                : (AFUNIXSocketAddress) address;
    }

    /** One that can be answered. */
    public static UnixDatagramClient named(FakeServer server) throws IOException {
        Path path = Files.createTempDirectory("client").resolve("socket");
        return new UnixDatagramClient(server, AFUNIXSocketAddress.of(path), path);
    }

    public static UnixDatagramClient withAbstractName(FakeServer server, String name) throws IOException {
        return new UnixDatagramClient(server, AFUNIXSocketAddress.inAbstractNamespace(name), null);
    }

    public static UnixDatagramClient unnamed(FakeServer server) throws IOException {
        return new UnixDatagramClient(server, null, null);
    }

    public Path path() {
        return Objects.requireNonNull(own);
    }

    public AFUNIXDatagramChannel channel() {
        return channel;
    }

    public UnixDatagramClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public UnixDatagramClient send(byte... bytes) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(bytes);
        while (channel.send(data, server) == 0) {
            Thread.onSpinWait();
        }
        return this;
    }

    public String receive() throws IOException {
        return new String(receiveBytes(), StandardCharsets.UTF_8);
    }

    public byte[] receiveBytes() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
        if (selector.select(TIMEOUT) == 0) {
            throw new SocketTimeoutException("no datagram came");
        }
        selector.selectedKeys().clear();
        channel.receive(buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
        if (own != null) {
            Files.deleteIfExists(own);
            Files.delete(Objects.requireNonNull(own.getParent()));
        }
    }
}
