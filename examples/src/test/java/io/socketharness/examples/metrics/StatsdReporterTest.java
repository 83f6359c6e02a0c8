package io.socketharness.examples.metrics;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Recording;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** One server over UDP for a whole test class: every test gets a fresh one, and asks for what it needs of it. */
// tag::udp[]
@SocketServer(transport = "udp")
class StatsdReporterTest {

    @Test
    void countsAnOrder(InetSocketAddress address, Recording recording) throws Exception {
        new StatsdReporter(address).count("orders", 1);

        assertThat(recording).received("orders:1|c"); // waits for it, up to the timeout
    }
}
// end::udp[]
