package io.socketharness.examples.reconnect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The code under test of {@link ReconnectTest}: a client that asks again, on a new connection, when one breaks. */
final class LineClient {

    private static final int ATTEMPTS = 3;

    private final InetSocketAddress server;

    LineClient(InetSocketAddress server) {
        this.server = server;
    }

    String ping() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return ask("PING");
            } catch (IOException broken) {
                if (attempt == ATTEMPTS) {
                    throw broken;
                }
            }
        }
    }

    private String ask(String question) throws IOException {
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write((question + "\n").getBytes(UTF_8));
            return line(new BufferedInputStream(socket.getInputStream()));
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed in the middle of a line: " + line.toString(UTF_8));
            }
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }
}
