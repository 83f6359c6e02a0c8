package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.Tape;
import io.socketharness.script.Behaviours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A conversation that no tape can replay: an SSH client sends new random values and keys on each connection. */
@Timeout(120)
class SshTapeTest {

    @RegisterExtension
    static final RealServer SSH = Ssh.server();

    @Test
    void cannotBeReplayed() throws Exception {
        Tape tape;
        try (FakeServer server = FakeServer.start("tcp:", Behaviours.forwardTo(SSH.url()))) {
            assertThat(Ssh.run(SSH, server, "echo hello")).endsWith("hello\nexit code 0\n");
            server.recording().awaitExchange(0).awaitEnd();
            server.verify();
            tape = Tape.of(server.recording());
        }
        assertThat(Tape.parse(tape.toString())).isEqualTo(tape);

        try (FakeServer server = FakeServer.start("tcp:", tape)) {
            assertThat(Ssh.run(SSH, server, "echo hello")).endsWith("exit code 255\n");

            assertThatThrownBy(server::verify)
                    .hasMessageContainingAll(
                            "failed\n\n  expected  \\0\\0",
                            "\n  received  \\0\\0",
                            "C: SSH-2.0-OpenSSH",
                            "This is a replay of the tape.");
        }
    }
}
