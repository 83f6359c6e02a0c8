package io.socketharness;

import io.socketharness.testing.DtlsClient;
import io.socketharness.testing.UnixDatagramClient;
import io.socketharness.testing.UnixSocket;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;

/** A client whose messages are lines on a stream, and datagrams on datagrams. */
interface Client extends Closeable {

    void send(String message) throws IOException;

    String receive() throws IOException;

    /** A client of the kind that {@code server} is for. */
    static Client of(FakeServer server) {
        try {
            if (server.spec().transport() == Transport.DTLS) {
                return new Sessions(DtlsClient.connect(server));
            }
            if (server.spec().transport() == Transport.UNIX_DATAGRAM) {
                return new UnixDatagrams(UnixDatagramClient.named(server));
            }
            return server.spec().transport().isDatagrams()
                    ? new Datagrams(server.address())
                    : new Stream(socket(server));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Socket socket(FakeServer server) throws IOException {
        if (server.spec().transport() == Transport.UNIX) {
            return UnixSocket.to(server.socketAddress());
        }
        if (server.spec().transport() != Transport.TLS) {
            return new Socket(server.host(), server.port());
        }
        SSLSocket socket =
                (SSLSocket) server.tls().clientContext().getSocketFactory().createSocket(server.host(), server.port());
        socket.startHandshake();
        return socket;
    }

    record Stream(Socket socket) implements Client {

        public Stream {
            try {
                socket.setSoTimeout(20_000);
                socket.setTcpNoDelay(true);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public void send(String message) throws IOException {
            raw(message + "\n");
        }

        void raw(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String receive() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = socket.getInputStream().read();
                    b != '\n';
                    b = socket.getInputStream().read()) {
                if (b < 0) {
                    return "end after \"" + line + "\"";
                }
                line.write(b);
            }
            return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
        }

        /** Closes with a RST. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    record Sessions(DtlsClient client) implements Client {

        @Override
        public void send(String message) throws IOException {
            client.send(message);
        }

        @Override
        public String receive() throws IOException {
            return client.receive();
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    record UnixDatagrams(UnixDatagramClient client) implements Client {

        @Override
        public void send(String message) throws IOException {
            client.send(message);
        }

        @Override
        public String receive() throws IOException {
            return client.receive();
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    record Datagrams(DatagramSocket socket, InetSocketAddress server) implements Client {

        Datagrams(InetSocketAddress server) throws IOException {
            this(new DatagramSocket(0, server.getAddress()), server);
            socket.setSoTimeout(20_000);
        }

        @Override
        public void send(String message) throws IOException {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, server));
        }

        @Override
        public String receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
