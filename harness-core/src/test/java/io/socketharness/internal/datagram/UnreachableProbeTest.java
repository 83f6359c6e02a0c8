package io.socketharness.internal.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class UnreachableProbeTest {

    @Test
    void findsAPortWithoutASocket() throws IOException {
        try (UnreachableProbe probe = new UnreachableProbe()) {
            assertThat(probe.isUnreachable(closedPort())).isTrue();
        }
    }

    @Test
    void sendsAgainIfTheFirstDatagramsAreLost() throws IOException {
        try (Lossy socket = new Lossy(3)) {
            assertThat(new UnreachableProbe(socket).isUnreachable(closedPort())).isTrue();
            assertThat(socket.lost).isEqualTo(3);
        }
    }

    @Test
    void findsASocketThatDoesNotAnswer() throws IOException {
        try (DatagramSocket open = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                UnreachableProbe probe = new UnreachableProbe()) {
            assertThat(probe.isUnreachable(open.getLocalSocketAddress())).isFalse();
        }
    }

    /** A discard port that no program has, so that other tests cannot bind it. */
    private static SocketAddress closedPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    }

    private static final class Lossy extends DatagramSocket {

        private final int losses;
        private int lost;

        Lossy(int losses) throws SocketException {
            this.losses = losses;
        }

        @Override
        public void send(DatagramPacket packet) throws IOException {
            if (lost == losses) {
                super.send(packet);
            } else {
                lost++;
            }
        }
    }
}
