package io.socketharness.examples.metrics;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The code under test of {@link StatsdReporterTest}: one datagram for each metric. */
final class StatsdReporter {

    private final InetSocketAddress agent;

    StatsdReporter(InetSocketAddress agent) {
        this.agent = agent;
    }

    void count(String name, int delta) throws IOException {
        byte[] metric = (name + ":" + delta + "|c").getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(metric, metric.length, agent));
        }
    }
}
