package io.socketharness.compatibility;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a server that speaks lines. */
public final class LineClient {

    private LineClient() {}

    /**
     * Sends a line.
     *
     * @param socket connected to the server
     * @param line without its end
     * @return the line that answers it
     * @throws IOException if the server cannot be talked to
     */
    public static String ask(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        return String.valueOf(reader.readLine());
    }
}
