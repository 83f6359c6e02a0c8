package io.socketharness.examples.network;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The code under test of {@link RetryingClientTest}: a client that reads a value with a checksum. Each attempt has a new
 * connection and a time limit.
 */
final class Sensor {

    private static final int ATTEMPTS = 3;

    private final InetSocketAddress server;
    private final Duration limit;
    private final List<String> failures = new ArrayList<>();

    Sensor(InetSocketAddress server, Duration limit) {
        this.server = server;
        this.limit = limit;
    }

    String read() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt();
            } catch (IOException failed) {
                failures.add(failed instanceof SocketTimeoutException ? "time-out" : failed.getMessage());
                if (attempt == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    /** Why attempts failed. */
    List<String> failures() {
        return failures;
    }

    private String attempt() throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(server, (int) limit.toMillis());
            socket.getOutputStream().write("READ\r\n".getBytes(US_ASCII));
            return checked(line(socket, deadline));
        }
    }

    /** The time limit is one of the whole line: a read that returns a byte does not begin it again. */
    private static String line(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            socket.setSoTimeout((int) left);
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + line.size() + " bytes");
            }
            if (next == '\n') {
                return line.toString(US_ASCII).stripTrailing();
            }
            line.write(next);
        }
    }

    /** An answer such as {@code 21.5*18}, with the exclusive or of its characters, as in NMEA 0183. */
    private static String checked(String answer) throws IOException {
        int star = answer.indexOf('*');
        if (star < 0 || !answer.substring(star + 1).equals(checksum(answer.substring(0, star)))) {
            throw new IOException("wrong checksum");
        }
        return answer.substring(0, star);
    }

    private static String checksum(String value) {
        return "%02X".formatted(value.chars().reduce(0, (sum, next) -> sum ^ next));
    }
}
