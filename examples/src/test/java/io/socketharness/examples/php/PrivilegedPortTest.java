package io.socketharness.examples.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketharness.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Row 9, ports under 1024 need privileges: who has none is told so. */
@Timeout(60)
class PrivilegedPortTest {

    private static final Path FIRST_FOR_ALL = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    @Test
    void saysThatItNeedsPrivileges() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");

        assertThat(unprivileged("php", "-r", "stream_socket_server('tcp://127.0.0.1:80');"))
                .contains("Unable to connect to tcp://127.0.0.1:80 (Permission denied)");
        assertThat(unprivileged(java, "-cp", classPath, PrivilegedPort.class.getName(), "80"))
                .isEqualToIgnoringNewLines("cannot start tcp://127.0.0.1:80: Permission denied; ports under 1024 need"
                        + " privileges: use port 0 for a free one and inject it");
    }

    /** Runs a program that may not bind such ports, also where root runs the tests. */
    private static String unprivileged(String... command) throws Exception {
        assumeTrue(firstForAll() > 80, "on this system port 80 needs no privileges");
        Program.require(command[0]);
        List<String> whole = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            whole.addAll(List.of("setpriv", "--bounding-set=-net_bind_service"));
        }
        whole.addAll(List.of(command));
        return Program.run("", whole.toArray(String[]::new));
    }

    private static int firstForAll() throws IOException {
        if (!Files.exists(FIRST_FOR_ALL)) {
            return 1024;
        }
        // with a buffer, as the system gives the number to the first read alone
        try (BufferedReader file = Files.newBufferedReader(FIRST_FOR_ALL)) {
            return Integer.parseInt(file.readLine().strip());
        }
    }
}
