package io.socketharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.JdkClient;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Network conditions of servers that are declared by annotations. */
class NetworkTest {

    /** Sends a question until it is answered. */
    private static int ask(FakeServer server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server.address());
            socket.setSoTimeout(200);
            byte[] question = "PING".getBytes(StandardCharsets.UTF_8);
            for (int sent = 1; ; sent++) {
                socket.send(new DatagramPacket(question, question.length));
                try {
                    socket.receive(new DatagramPacket(new byte[10], 10));
                    return sent;
                } catch (SocketTimeoutException lost) {
                    assertThat(sent).isLessThan(100);
                }
            }
        }
    }

    @Test
    @SocketServer(transport = "udp", script = "@echo", network = "drop 1 to server")
    void losesTheDatagramsOfAClient(FakeServer server) throws IOException {
        assertThat(ask(server)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void refusesWrongConditionWithItsPlace() {
        Run run = Run.of(WrongConditions.class);

        run.counts(0, 2, 0);
        assertThat(run.message("word"))
                .startsWith("@SocketServer on method [word()]: network: ")
                .contains("did you mean drop?");
        assertThat(run.message("stream"))
                .startsWith("@SocketServer on method [stream()]: ")
                .contains("loss");
    }

    @Test
    void theFailureNamesTheSeed() {
        assertThat(Run.of(Failing.class).message("own")).contains(" (seed 7)");
        assertThat(Run.of(Failing.class).message("random")).matches("(?s).* \\(seed [1-9][0-9]*\\).*");
    }

    @Test
    void theSeedCanBeAConfigurationParameter() {
        Run run = Run.of(Map.of("socketharness.seed", "-41"), Failing.class);
        assertThat(run.message("own")).contains(" (seed 7)");
        assertThat(run.message("random")).contains(" (seed -41)");
    }

    @Test
    void refusesConfigurationParameterThatIsNoNumber() {
        assertThat(Run.of(Map.of("socketharness.seed", "many"), Failing.class).message("random"))
                .isEqualTo("@SocketServer on method [random()]: configuration parameter socketharness.seed is \"many\";"
                        + " a whole number is allowed");
    }

    static class WrongConditions {
        @Test
        @SocketServer(transport = "udp", network = "dorp 1 to server")
        void word() {}

        @Test
        @SocketServer(network = {"latency 1ms", "loss 30%"})
        void stream() {}
    }

    static class Failing {
        @Test
        @SocketServer(script = "C: PING", timeout = "100ms", network = "latency 1ms", seed = 7)
        void own(FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
        }

        @Test
        @SocketServer(script = "C: PING", timeout = "100ms", network = "latency 1ms")
        void random(FakeServer server) {
            JdkClient.tcp(server.address(), "PONG\n");
        }
    }
}
