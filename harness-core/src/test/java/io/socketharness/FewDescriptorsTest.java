package io.socketharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A server that has started has what it needs; a client that finds the process without descriptors is served later. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class FewDescriptorsTest {

    @Test
    void aServerStartsWithAllThatItNeedsOrNotAtAll() throws Exception {
        String output = ChildJvm.runWithDescriptors(
                FewDescriptors.class,
                200,
                "tcp:",
                "unix:",
                "unix:@few-descriptors-" + System.nanoTime(),
                "udp:",
                "udg:");

        // JDK 25 warns of junixsocket's native code
        assertThat(output.replaceAll("WARNING: .*\n+", "").replaceAll("unix:@\\S+", "unix:@name"))
                .isEqualTo("PONG\nloaded\nloaded too\n"
                        + "tcp: fails serves\n"
                        + "unix: fails serves\n"
                        + "unix:@name fails serves\n"
                        + "udp: fails serves\n"
                        + "udg: fails serves\n"
                        + "came false, told server: a connection could not be accepted and was retried: Too many open"
                        + " files, then PONG\n");
    }
}
