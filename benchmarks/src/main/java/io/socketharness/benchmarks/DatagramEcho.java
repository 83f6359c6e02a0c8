package io.socketharness.benchmarks;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** What people write by hand: one socket, one thread that sends each datagram back, nothing recorded. */
final class DatagramEcho implements Server {

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Thread thread = new Thread(this::echo);

    DatagramEcho() throws IOException {
        thread.start();
    }

    @Override
    public int port() {
        return socket.getLocalPort();
    }

    private void echo() {
        byte[] room = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(room, room.length);
        try {
            while (true) {
                packet.setLength(room.length);
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException closed) {
            // the server is closed
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        Server.join(thread);
    }
}
