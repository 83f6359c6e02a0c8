package io.socketharness.testing;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client for the fixtures of sweeps: it reads lines, and takes a line without its end for an error. */
public final class SweptClient implements Closeable {

    public static final int NO_TIMEOUT = 0;
    private static final int TIMEOUT = 600;

    private final Socket socket = new Socket();

    private SweptClient() {}

    public static SweptClient connect(InetSocketAddress address) throws IOException {
        return connect(address, TIMEOUT);
    }

    public static SweptClient connect(InetSocketAddress address, int readTimeout) throws IOException {
        SweptClient client = new SweptClient();
        try {
            client.socket.connect(address, TIMEOUT);
            client.socket.setSoTimeout(readTimeout);
            return client;
        } catch (IOException failed) {
            client.close();
            throw failed;
        }
    }

    /** Reads one line on a connection of its own, and loses the exception. */
    public static String swallowed(InetSocketAddress address) {
        // a wait that is longer than 200 ms shows that the message is needed
        try (SweptClient client = connect(address)) {
            return client.line();
        } catch (IOException lost) {
            return "";
        }
    }

    /** Reads one line on a connection of its own. */
    public static String greeting(InetSocketAddress address) throws IOException {
        try (SweptClient client = connect(address)) {
            return client.line();
        }
    }

    public void write(String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public String line() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the line ends after \"" + line + "\"");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Reads what there is of a line, and takes the end of the connection for its end. */
    public String half() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
