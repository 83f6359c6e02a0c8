package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real SSH server, with the client of OpenSSH: encryption that only the two of them can read passes too. */
@Timeout(120)
class SshTest {

    @RegisterExtension
    static final RealServer SSH = Ssh.server();

    @Test
    @SocketServer(forwardTo = "tcp://127.0.0.1:${ssh.port}")
    void runsACommand(FakeServer server) throws Exception {
        assertThat(Ssh.run(SSH, server, "echo hello")).endsWith("hello\nexit code 0\n");

        assertThat(server).connection(0).receivedContaining("SSH-2.0-OpenSSH").completedItsScript();
        assertThat(server.recording().exchanges().get(0).sentText()).startsWith("SSH-2.0-OpenSSH");
    }

    @Test
    @SocketServer(forwardTo = "tcp://127.0.0.1:${ssh.port}", network = "slice 100")
    void runsACommandWhenDataComesInPieces(FakeServer server) throws Exception {
        assertThat(Ssh.run(SSH, server, "echo hello")).endsWith("hello\nexit code 0\n");
    }

    // tag::reset[]
    @Test
    @SocketServer(forwardTo = "tcp://127.0.0.1:${ssh.port}", network = "limit 1000 reset to client")
    void failsWhenTheConnectionBreaksInTheKeyExchange(FakeServer server) throws Exception {
        assertThat(Ssh.run(SSH, server, "echo hello")).endsWith("exit code 255\n");

        assertThat(server).connection(0).wasReset();
    }
    // end::reset[]
}
