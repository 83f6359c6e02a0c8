package io.socketharness.examples.php;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Bytes;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.testing.Program;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Row 7, a UDP time server: it takes one byte of each datagram, loses the rest, and answers to whoever sent it, for ever.
 * The recording has the whole datagram all the same.
 */
@Timeout(60)
class UdpTimeServerTest {

    // tag::behaviour[]
    static final class Time implements Behaviour {
        @Override
        public void run(Connection connection) {
            while (true) {
                connection.receive(1); // like recvfrom(2): the rest of the datagram is discarded
                connection.send(Clock.now() + "\n");
            }
        }
    }
    // end::behaviour[]

    @Test
    void sendsTheSameAsPhp(@SocketServer(transport = "udp", behaviour = Time.class) FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("udp-time.php")) {
            assertThat(Clock.hide(netcat(ours.uri())))
                    .isEqualTo(Clock.hide(netcat(php.uri())))
                    .isEqualTo("<date>\n");
            assertThat(Clock.hide(askTwice(ours.uri())))
                    .isEqualTo(Clock.hide(askTwice(php.uri())))
                    .isEqualTo("<date>\n<date>\n");
        }
        assertThat(ours).connection(0).received("what time is it?");
        assertThat(ours.recording().exchanges().get(1).receivedDatagrams())
                .containsExactly(Bytes.ofText("what time is it?"), Bytes.ofText("and now?"));
    }

    /** Ends with the first datagram that comes back. */
    private static String netcat(URI server) throws Exception {
        return Program.run(
                "what time is it?", "nc", "-u", "-w5", "-W1", server.getHost(), String.valueOf(server.getPort()));
    }

    private static String askTwice(URI server) throws Exception {
        return Php.eval("""
                $socket = stream_socket_client($argv[1]);
                foreach (['what time is it?', 'and now?'] as $question) {
                    fwrite($socket, $question);
                    echo fread($socket, 100);
                }
                """, server);
    }
}
