package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real SSH server, with the client of OpenSSH: encryption that only the two of them can read passes too. */
@Timeout(120)
class SshTest {

    private static final String SSHD = "/usr/sbin/sshd";

    @RegisterExtension
    static final RealServer SSH = new RealServer("ssh.port", "Server listening on", SshTest::sshd);

    @Test
    @SocketServer(forwardTo = "tcp://127.0.0.1:${ssh.port}")
    void runsACommand(FakeServer server) throws Exception {
        assertThat(ssh(server, "echo hello")).endsWith("hello\nexit code 0\n");

        assertThat(server).connection(0).receivedContaining("SSH-2.0-OpenSSH").completedItsScript();
        assertThat(server.recording().exchanges().get(0).sentText()).startsWith("SSH-2.0-OpenSSH");
    }

    @Test
    @SocketServer(forwardTo = "tcp://127.0.0.1:${ssh.port}", network = "slice 100")
    void runsACommandWhenDataComesInPieces(FakeServer server) throws Exception {
        assertThat(ssh(server, "echo hello")).endsWith("hello\nexit code 0\n");
    }

    // tag::reset[]
    @Test
    @SocketServer(forwardTo = "tcp://127.0.0.1:${ssh.port}", network = "limit 1000 reset to client")
    void failsWhenTheConnectionBreaksInTheKeyExchange(FakeServer server) throws Exception {
        assertThat(ssh(server, "echo hello")).endsWith("exit code 255\n");

        assertThat(server).connection(0).wasReset();
    }
    // end::reset[]

    private static List<String> sshd(Path directory, int port) throws Exception {
        Program.require(SSHD);
        for (String key : List.of("host", "client")) {
            String printed =
                    Program.run("", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory + "/" + key);
            assertThat(printed).isEmpty();
        }
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // the root directory of its processes without privileges
        }
        Path config = Files.writeString(directory.resolve("config"), """
                ListenAddress 127.0.0.1:%d
                HostKey %2$s/host
                AuthorizedKeysFile %2$s/client.pub
                PidFile none
                StrictModes no
                UsePAM no
                """.formatted(port, directory));
        return List.of(SSHD, "-D", "-e", "-f", config.toString());
    }

    private static String ssh(FakeServer server, String remoteCommand) throws Exception {
        String options = "-F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null" + " -i "
                + SSH.directory().resolve("client");
        return Program.run(
                "",
                "sh",
                "-c",
                "ssh " + options + " -p " + server.port() + " " + server.host() + " '" + remoteCommand
                        + "'; echo exit code $?");
    }
}
