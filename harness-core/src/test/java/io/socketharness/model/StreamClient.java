package io.socketharness.model;

import io.socketharness.FakeServer;
import io.socketharness.Transport;
import io.socketharness.recording.Bytes;
import io.socketharness.testing.UnixSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** A client of TCP, TLS or a Unix socket. */
final class StreamClient extends Client {

    private static final int TIMEOUT = 10_000;

    private final Socket raw;
    /** The same, or TLS on it. */
    private final Socket socket;

    private final ByteArrayOutputStream got = new ByteArrayOutputStream();

    private StreamClient(Socket raw, Socket socket) {
        this.raw = raw;
        this.socket = socket;
    }

    static StreamClient connect(FakeServer server, boolean handshake) throws IOException {
        if (server.spec().transport() == Transport.UNIX) {
            Socket unix = UnixSocket.to(server.socketAddress());
            return new StreamClient(unix, unix);
        }
        Socket raw = new Socket(server.address().getAddress(), server.port());
        // else a RST could find bytes that were not sent yet
        raw.setTcpNoDelay(true);
        raw.setSoTimeout(TIMEOUT);
        if (server.spec().transport() != Transport.TLS || !handshake) {
            return new StreamClient(raw, raw);
        }
        SSLSocket secure = (SSLSocket)
                server.tls().clientContext().getSocketFactory().createSocket(raw, server.host(), server.port(), true);
        secure.startHandshake();
        return new StreamClient(raw, secure);
    }

    @Override
    List<Bytes> got() {
        return List.of(Bytes.of(got.toByteArray()));
    }

    @Override
    void send(Bytes piece) throws IOException {
        socket.getOutputStream().write(piece.toByteArray());
    }

    @Override
    void read(List<Bytes> all) throws IOException {
        read(all.stream().mapToInt(Bytes::size).sum());
    }

    private void read(int size) throws IOException {
        byte[] buffer = new byte[16_384];
        while (got.size() < size) {
            int count = socket.getInputStream().read(buffer, 0, Math.min(buffer.length, size - got.size()));
            if (count < 0) {
                return;
            }
            got.write(buffer, 0, count);
        }
    }

    @Override
    void end(ClientEnd end) throws IOException {
        switch (end) {
            case HALF_CLOSE -> {
                socket.shutdownOutput();
                read(Integer.MAX_VALUE);
            }
            case CLOSE -> socket.close();
            case CUT -> raw.close();
            case RESET -> {
                raw.setSoLinger(true, 0);
                raw.close();
            }
            case OPEN -> {}
        }
    }

    @Override
    public void close() {
        attempt(socket::close);
    }
}
