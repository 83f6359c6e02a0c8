package io.socketharness.spock;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.NoUnixSockets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A machine without Unix sockets is a JVM whose provider of channels has none. */
class UnsupportedTest {

    private static final String NONE = "cannot start unix: the JDK does not support Unix sockets on this system";

    @Test
    void featuresAreSkippedWhereThatIsAskedForAndElseFailWithTheReason() throws Exception {
        List<String> options = List.of(
                "-Djava.nio.channels.spi.SelectorProvider=" + NoUnixSockets.class.getName(),
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

        assertThat(Child.run(options, "OnUnix", "SharedOnUnix", "Unskipped"))
                .containsExactly(
                        "> SharedOnUnix ABORTED @SocketServer on field [server] of [SharedOnUnix]: " + NONE,
                        "> Unskipped FAILED @SocketServer on field [server] of [Unskipped]: " + NONE,
                        "> fails FAILED @SocketServer on parameter [server] of feature [fails]: " + NONE,
                        "> on a feature ABORTED @SocketServer on feature [on a feature]: " + NONE,
                        "> on a parameter ABORTED @SocketServer on parameter [server] of feature [on a parameter]: "
                                + NONE,
                        "> runs SUCCESSFUL ");
    }
}
