package io.socketharness.examples.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** OpenSSH with new keys, and its client; the port of the server is in the system property {@code ssh.port}. */
final class Ssh {

    private static final String SSHD = "/usr/sbin/sshd";

    private Ssh() {}

    static RealServer server() {
        return new RealServer("ssh.port", "Server listening on", Ssh::sshd);
    }

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

    /**
     * Runs a command with the client.
     *
     * @param real the server that created the key of the client
     * @param server where the client connects
     * @return what the client printed, and its exit code
     */
    static String run(RealServer real, FakeServer server, String remoteCommand) throws Exception {
        String options = "-F none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null" + " -i "
                + real.directory().resolve("client");
        return Program.run(
                "",
                "sh",
                "-c",
                "ssh " + options + " -p " + server.port() + " " + server.host() + " '" + remoteCommand
                        + "'; echo exit code $?");
    }
}
