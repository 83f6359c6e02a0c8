package io.socketharness.examples.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.FaultSweep;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import org.apache.commons.net.daytime.DaytimeTCPClient;

/** The daytime client of Commons Net takes a part of the line for the whole line if the connection ends. */
class DaytimeSweepTest {

    // tag::known[]
    @FaultSweep(tolerates = IOException.class, timeLimit = "2s", known = "daytime.faults")
    void readsTheTime(@SocketServer(script = """
            S: 12:30
            @close
            """) FakeServer server) throws IOException {
        DaytimeTCPClient client = new DaytimeTCPClient();
        client.setConnectTimeout(300);
        client.setDefaultTimeout(300);
        try {
            client.connect(server.host(), server.port());
            assertThat(client.getTime()).isEqualTo("12:30\r\n");
        } finally {
            client.disconnect();
        }
    }
    // end::known[]
}
