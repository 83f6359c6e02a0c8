package io.socketharness.examples.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** The code under test of the guides: the client of a thermometer, which answers a line with a line. */
// tag::client[]
final class Thermometer implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    Thermometer(String host, int port) throws IOException {
        this(host, port, 2_000);
    }

    Thermometer(String host, int port, int readTimeout) throws IOException {
        socket = new Socket(host, port);
        socket.setSoTimeout(readTimeout);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    double read() throws IOException {
        send("TEMP?");
        return Double.parseDouble(nextLine());
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }

    String nextLine() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new EOFException("the thermometer hung up");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
// end::client[]
