package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.recording.Recording;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void works(@SocketServer(script = "C: PING\nS: PONG") FakeServer server, Recording recording, InetSocketAddress a)
            throws Exception {
        try (Socket socket = new Socket(a.getAddress(), a.getPort())) {
            socket.getOutputStream().write("PING\n".getBytes(StandardCharsets.UTF_8));
            byte[] back = socket.getInputStream().readNBytes(6);
            assertThat(new String(back, StandardCharsets.UTF_8)).isEqualTo("PONG\r\n");
        }
        assertThat(server.recording()).isSameAs(recording);
    }
}
