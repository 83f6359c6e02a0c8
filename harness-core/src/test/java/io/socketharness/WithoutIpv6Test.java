package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A machine without IPv6, as containers often are: what asks for it is refused with the reason, and all else works. */
@Timeout(60)
class WithoutIpv6Test {

    @Test
    void isReportedOnlyWhereItIsRequested() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        String output = Program.run(
                "",
                java,
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutIpv6.class.getName(),
                "tcp://[::1]:0",
                "udp://[::1]:0",
                "tcp://[::]:0",
                "tcp:",
                "udp://localhost:0");

        String reason =
                ": this machine or JVM does not support IPv6; use 127.0.0.1, or let skipIfUnsupported skip the test\n";
        assertThat(output)
                .isEqualTo("unsupported: cannot start tcp://[::1]:0" + reason
                        + "unsupported: cannot start udp://[::1]:0" + reason
                        + "unsupported: cannot start tcp://[::]:0" + reason
                        + "127.0.0.1\nlocalhost\n");
    }
}
