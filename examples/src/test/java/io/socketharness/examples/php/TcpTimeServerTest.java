package io.socketharness.examples.php;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;
import io.socketharness.testing.Program;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 6, a TCP time server: it accepts, says the time and closes, for one client after the other. */
@Timeout(60)
class TcpTimeServerTest {

    // tag::behaviour[]
    static final class Time implements Behaviour {
        @Override
        public void run(Connection connection) {
            connection.send("It is " + Clock.now() + "\n");
            connection.close();
        }
    }
    // end::behaviour[]

    // tag::test[]
    @Test
    void sendsTheSameAsPhp(@SocketServer(behaviour = Time.class) FakeServer ours) throws Exception {
        try (PhpServer php = PhpServer.start("tcp-time.php", "tcp://127.0.0.1:0")) {
            assertThat(Clock.hide(netcat(ours.uri())))
                    .isEqualTo(Clock.hide(netcat(php.uri())))
                    .isEqualTo("It is <date>\n");
            assertThat(Clock.hide(Php.readAll(ours.uri())))
                    .isEqualTo(Clock.hide(Php.readAll(php.uri())))
                    .isEqualTo("It is <date>\n");
        }
        assertThat(ours).hasConnections(2);
    }
    // end::test[]

    private static String netcat(URI server) throws Exception {
        return Program.run("", "nc", "-w5", server.getHost(), String.valueOf(server.getPort()));
    }
}
