package io.socketharness.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.socketharness.FakeServer;
import io.socketharness.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocket;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Sockets of clients that limit their connect, their TLS handshake and their reads. */
final class SweptSockets {

    private SweptSockets() {}

    static Socket connect(FakeServer server, int millis) throws IOException {
        Transport transport = server.spec().transport();
        if (transport == Transport.UNIX) {
            return connect(AFUNIXSocket.newInstance(), AFUNIXSocketAddress.of(server.path()), millis);
        }
        InetSocketAddress address = server.address();
        Socket socket = connect(new Socket(), address, millis);
        return transport == Transport.TLS ? startTls(server, socket) : socket;
    }

    private static Socket connect(Socket socket, SocketAddress address, int millis) throws IOException {
        try {
            socket.setSoTimeout(millis);
            socket.connect(address, millis);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Begins TLS on a connected socket, which it closes if this fails. */
    static Socket startTls(FakeServer server, Socket plain) throws IOException {
        try {
            SSLSocket secure = (SSLSocket)
                    server.tls().clientContext().getSocketFactory().createSocket(plain, "localhost", -1, true);
            secure.startHandshake();
            return secure;
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    static String ask(Socket socket, String question) throws IOException {
        socket.getOutputStream().write((question + "\r\n").getBytes(UTF_8));
        return line(socket.getInputStream());
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the line ends after \"" + line + "\"");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
