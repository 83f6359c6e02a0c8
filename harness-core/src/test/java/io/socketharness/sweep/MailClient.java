package io.socketharness.sweep;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A correct client: it limits each wait, and takes a line without its end for an error. */
final class MailClient implements Closeable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** {@code socket} is connected, and has a read timeout. */
    MailClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Sends a mail, and says goodbye. */
    void send() throws IOException {
        greeting();
        command("EHLO client");
        command("MAIL FROM:<a@example.com>");
        command("QUIT");
    }

    void greeting() throws IOException {
        require("220", line());
    }

    void command(String command) throws IOException {
        write(command);
        require("2", line());
    }

    void write(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void require(String begin, String line) throws IOException {
        if (!line.startsWith(begin)) {
            throw new IOException("unexpected answer: " + line);
        }
    }

    String line() throws IOException {
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
