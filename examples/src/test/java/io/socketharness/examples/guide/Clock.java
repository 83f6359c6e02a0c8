package io.socketharness.examples.guide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/** The code under test of {@link DatagramsTest}: asks for the time, and asks again where no answer comes. */
final class Clock {

    private static final int ATTEMPTS = 2;

    private final InetSocketAddress server;

    Clock(InetSocketAddress server) {
        this.server = server;
    }

    String time() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(1_000);
            byte[] question = "TIME?".getBytes(US_ASCII);
            for (int attempt = 1; ; attempt++) {
                socket.send(new DatagramPacket(question, question.length));
                try {
                    DatagramPacket answer = new DatagramPacket(new byte[64], 64);
                    socket.receive(answer);
                    return new String(answer.getData(), 0, answer.getLength(), US_ASCII);
                } catch (SocketTimeoutException silence) {
                    if (attempt == ATTEMPTS) {
                        throw silence;
                    }
                }
            }
        }
    }
}
