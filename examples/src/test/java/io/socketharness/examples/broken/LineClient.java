package io.socketharness.examples.broken;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** A client of a protocol in which each line is answered by a line. */
final class LineClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    LineClient(String host, int port) throws IOException {
        this(new Socket(host, port));
    }

    LineClient(Socket socket) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(5_000);
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    String ask(String line) throws IOException {
        send(line + "\r\n");
        return readLine();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    String readLine() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new EOFException("the server closed the connection");
        }
        return line;
    }

    /** Ends the connection by a RST, as the system does for a program that is killed with input unread. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
