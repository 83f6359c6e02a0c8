package io.socketharness;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** A client that decides what goes into one segment: records, an end, or what is no record. */
final class TlsClient implements Closeable {

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer in = ByteBuffer.allocate(40_000).limit(0);
    private final ByteBuffer out = ByteBuffer.allocate(40_000);

    /** The handshake is done but for the last that the client sends, which {@link #send} sends. */
    TlsClient(FakeServer server) throws IOException {
        channel = SocketChannel.open(server.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        engine = server.tls().clientContext().createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();
        ByteBuffer clear = ByteBuffer.allocate(40_000);
        while (engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    engine.wrap(ByteBuffer.allocate(0), out);
                }
                default -> {
                    if (engine.unwrap(in, clear).getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                        send();
                        fill();
                    }
                }
            }
        }
    }

    private void fill() throws IOException {
        in.compact();
        int count = channel.read(in);
        in.flip();
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    TlsClient data(String text) throws IOException {
        engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), out);
        return this;
    }

    TlsClient closeNotify() throws IOException {
        engine.closeOutbound();
        return data("");
    }

    TlsClient raw(byte... bytes) {
        out.put(bytes);
        return this;
    }

    void send() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
