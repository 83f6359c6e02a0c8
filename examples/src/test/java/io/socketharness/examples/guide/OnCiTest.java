package io.socketharness.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** The tests of {@code docs/ci.md}. */
class OnCiTest {

    // tag::ipv6[]
    @Test
    @SocketServer(host = "::1", skipIfUnsupported = true, script = """
            C: TEMP?
            S: 21.5
            """)
    void readsTheTemperatureOverIpv6(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }
    // end::ipv6[]
}
