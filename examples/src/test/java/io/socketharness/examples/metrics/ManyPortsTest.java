package io.socketharness.examples.metrics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.ConversationMode;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** A client that takes a new port for each datagram, whose datagrams are one conversation all the same. */
class ManyPortsTest {

    // tag::one[]
    @Test
    @SocketServer(transport = "udp", conversation = ConversationMode.ONE, script = """
            C: orders:1|c
            C: errors:1|c
            """)
    void sendsEachCounterFromANewPort(InetSocketAddress agent) throws Exception {
        StatsdReporter reporter = new StatsdReporter(agent); // a new port each time
        reporter.count("orders", 1);
        reporter.count("errors", 1);
    }
    // end::one[]

    @Test
    void isAStrangerEachTimeOtherwise() throws Exception {
        try (FakeServer agent = FakeServer.start("udp:?strict=false", Script.parse("C: orders:1|c\nC: errors:1|c"))) {
            StatsdReporter reporter = new StatsdReporter(agent.address());
            reporter.count("orders", 1);
            reporter.count("errors", 1);

            assertThatThrownBy(agent::verify).hasMessageContaining("connection 1: step 1 of 2 failed");
        }
    }
}
