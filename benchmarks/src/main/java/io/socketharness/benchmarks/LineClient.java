package io.socketharness.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.SocketFactory;

/** The client of every TCP benchmark: sends a request as it is and reads until the answer ends with {@code PONG}. */
final class LineClient implements AutoCloseable {

    static final String PING = "PING\r\n";
    /** What MockWebServer is asked. */
    static final String GET = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";

    private static final byte[] PONG = "PONG\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] request;
    private final byte[] answer = new byte[1024];

    LineClient(int port, String request) throws IOException {
        this(SocketFactory.getDefault(), port, request);
    }

    /** With a factory of an SSLContext, through TLS; the handshake comes with the first round trip. */
    LineClient(SocketFactory factory, int port, String request) throws IOException {
        this.request = request.getBytes(StandardCharsets.US_ASCII);
        socket = factory.createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    int roundTrip() throws IOException {
        out.write(request);
        int size = 0;
        do {
            int count = in.read(answer, size, answer.length - size);
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            size += count;
        } while (!isWhole(size));
        return size;
    }

    private boolean isWhole(int size) {
        return size >= PONG.length && Arrays.equals(answer, size - PONG.length, size, PONG, 0, PONG.length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
