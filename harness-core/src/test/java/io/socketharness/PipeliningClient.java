package io.socketharness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** Sends something in clear and its hello in one write. */
final class PipeliningClient implements AutoCloseable {

    private final SSLSocket socket;

    PipeliningClient(FakeServer server, String clear) throws IOException {
        Socket joining = new Joining(server, clear);
        socket = (SSLSocket) server.tls()
                .clientContext()
                .getSocketFactory()
                .createSocket(joining, server.host(), server.port(), true);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
    }

    PipeliningClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b;
        do {
            b = socket.getInputStream().read();
            line.write(b);
        } while (b != '\n' && b >= 0);
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Joining extends Socket {

        private final OutputStream out;

        Joining(FakeServer server, String clear) throws IOException {
            super(server.host(), server.port());
            out = new First(super.getOutputStream(), clear.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream getOutputStream() throws SocketException {
            return out;
        }
    }

    /** Joins what comes first to the first write. */
    private static final class First extends OutputStream {

        private final OutputStream out;
        private byte[] first;

        First(OutputStream out, byte[] first) {
            this.out = out;
            this.first = first;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(first);
            first = new byte[0];
            all.write(bytes, from, count);
            out.write(all.toByteArray());
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }
    }
}
