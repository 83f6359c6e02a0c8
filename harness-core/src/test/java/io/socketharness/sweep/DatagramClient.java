package io.socketharness.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketharness.FakeServer;
import io.socketharness.Transport;
import io.socketharness.testing.DtlsClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;

/** A correct client: it sends a question again if no answer comes, and ignores datagrams that do not answer it. */
final class DatagramClient implements Closeable {

    private static final int MOST = 5;
    private static final int TIMEOUT = 600;

    private final Port port;

    private interface Port extends AutoCloseable {

        void send(String text) throws IOException;

        /** Throws {@link SocketTimeoutException} if nothing comes. */
        String receive() throws IOException;

        @Override
        void close() throws IOException;
    }

    DatagramClient(FakeServer server) throws IOException, GeneralSecurityException {
        port = server.spec().transport() == Transport.DTLS ? dtls(server) : udp(server);
    }

    String lookUp(String id, String name) throws IOException {
        for (int i = 0; i < MOST; i++) {
            port.send(id + " " + name);
            try {
                return answer(id, name);
            } catch (SocketTimeoutException again) {
                // the question or the answer is lost
            }
        }
        throw new SocketTimeoutException("no answer to " + id);
    }

    private String answer(String id, String name) throws IOException {
        String expected = id + " value of " + name;
        long last = System.nanoTime() + TIMEOUT * 1_000_000L;
        while (System.nanoTime() - last < 0) {
            if (port.receive().equals(expected)) {
                return expected.substring(id.length() + 1);
            }
        }
        throw new SocketTimeoutException();
    }

    private static Port udp(FakeServer server) throws IOException {
        DatagramSocket socket = new DatagramSocket();
        socket.connect(server.address());
        socket.setSoTimeout(TIMEOUT);
        return new Port() {
            @Override
            public void send(String text) throws IOException {
                byte[] data = text.getBytes(UTF_8);
                socket.send(new DatagramPacket(data, data.length));
            }

            @Override
            public String receive() throws IOException {
                DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
                socket.receive(packet);
                return new String(packet.getData(), 0, packet.getLength(), UTF_8);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static Port dtls(FakeServer server) throws IOException, GeneralSecurityException {
        DtlsClient client = DtlsClient.connect(server).timeout(TIMEOUT);
        return new Port() {
            @Override
            public void send(String text) throws IOException {
                client.send(text);
            }

            @Override
            public String receive() throws IOException {
                return client.receive();
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
