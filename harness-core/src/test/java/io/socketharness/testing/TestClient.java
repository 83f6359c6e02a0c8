package io.socketharness.testing;

import io.socketharness.FakeServer;
import io.socketharness.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client on a {@link Socket}, whose reads end after five seconds. */
public final class TestClient implements AutoCloseable {

    private static final int TIMEOUT = 60_000;

    private final Socket socket;

    private TestClient(Socket socket) {
        this.socket = socket;
    }

    public static TestClient connect(FakeServer server) throws IOException {
        if (server.spec().transport() == Transport.TLS) {
            return connectTls(server, server.tls().clientContext());
        }
        return connectPlain(server);
    }

    /** A client whose handshake is done. */
    public static TestClient connectTls(FakeServer server, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) patient(context.getSocketFactory().createSocket(server.host(), server.port()));
        socket.startHandshake();
        return new TestClient(socket);
    }

    private static Socket patient(Socket socket) throws SocketException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT);
        return socket;
    }

    /** A client that speaks no TLS of itself, whatever the server expects. */
    public static TestClient connectPlain(FakeServer server) throws IOException {
        if (server.spec().transport() == Transport.UNIX) {
            return new TestClient(UnixSocket.to(server.socketAddress()));
        }
        return new TestClient(patient(new Socket(server.address().getAddress(), server.port())));
    }

    /** Negotiates anew on a connection through TLS. */
    public TestClient handshake() throws IOException {
        ((SSLSocket) socket).startHandshake();
        return this;
    }

    /** Goes on with TLS on the same connection, as a client does after STARTTLS. */
    public TestClient startTls(FakeServer server) throws IOException {
        SSLSocket secure =
                (SSLSocket) server.tls().clientContext().getSocketFactory().createSocket(socket, "localhost", -1, true);
        secure.startHandshake();
        return new TestClient(secure);
    }

    /** Sends it in one write. */
    public TestClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public TestClient send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public TestClient sendByteByByte(String text) throws IOException {
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            send(one);
        }
        return this;
    }

    /** Sends a FIN. */
    public TestClient halfClose() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    public String read(int count) throws IOException {
        return new String(readBytes(count), StandardCharsets.UTF_8);
    }

    public byte[] readBytes(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** The result of one read; -1 at the end of input is an empty array. */
    public byte[] readSome() throws IOException {
        byte[] some = new byte[65_536];
        int count = socket.getInputStream().read(some);
        return Arrays.copyOf(some, Math.max(0, count));
    }

    /** A line with its end, or what there is before the end of input. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = socket.getInputStream().read();
                b >= 0;
                b = socket.getInputStream().read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** All until the server's FIN. */
    public String readToEnd() throws IOException {
        return new String(readBytesToEnd(), StandardCharsets.UTF_8);
    }

    public byte[] readBytesToEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Sends a RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A client on a plain {@link DatagramSocket}; a connected one would send no empty datagram. */
    public static final class Udp implements AutoCloseable {

        private final DatagramSocket socket;

        private final InetSocketAddress server;

        private Udp(DatagramSocket socket, InetSocketAddress server) {
            this.socket = socket;
            this.server = server;
        }

        public static Udp connect(FakeServer server) throws SocketException {
            DatagramSocket socket = new DatagramSocket();
            socket.setSoTimeout(TIMEOUT);
            return new Udp(socket, server.address());
        }

        public Udp send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.UTF_8));
        }

        public Udp send(byte... bytes) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, server));
            return this;
        }

        public String receive() throws IOException {
            return new String(receiveBytes(), StandardCharsets.UTF_8);
        }

        public byte[] receiveBytes() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
