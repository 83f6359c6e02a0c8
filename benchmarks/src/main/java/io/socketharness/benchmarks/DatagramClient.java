package io.socketharness.benchmarks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** The client of every UDP benchmark: sends a datagram and waits for it to come back. */
final class DatagramClient implements AutoCloseable {

    private static final byte[] PING = "PING".getBytes(StandardCharsets.US_ASCII);

    private final DatagramSocket socket;
    private final DatagramPacket request = new DatagramPacket(PING, PING.length);
    private final DatagramPacket answer = new DatagramPacket(new byte[64], 64);

    DatagramClient(int port) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.connect(InetAddress.getLoopbackAddress(), port);
        // One that got lost fails the benchmark; on the loopback interface with room for all, none does.
        socket.setSoTimeout(5_000);
    }

    int roundTrip() throws IOException {
        socket.send(request);
        answer.setLength(64);
        socket.receive(answer);
        if (answer.getLength() != PING.length) {
            throw new IOException("a datagram of " + answer.getLength() + " bytes came back");
        }
        return answer.getLength();
    }

    @Override
    public void close() {
        socket.close();
    }
}
