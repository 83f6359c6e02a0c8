package io.socketharness.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** Steps that depend on time. */
class TimeTest {

    // tag::idle[]
    @Test
    @SocketServer(script = """
            @match
              C: TEMP?
              S: 21.5
            @idle 100ms
              S: ARE YOU THERE?
              @within 2s
              C: YES
            @end
            """)
    void answersAServerThatAsks(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.nextLine()).isEqualTo("ARE YOU THERE?");
            thermometer.send("YES");
            assertThat(thermometer.nextLine()).isEqualTo("ARE YOU THERE?");
            thermometer.send("YES");
        }
    }
    // end::idle[]

    // tag::every[]
    @Test
    @SocketServer(script = """
            C: WATCH
            @every 50ms
              S: 21.5
            @end
            """)
    void watchesTheTemperature(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("WATCH");
            assertThat(thermometer.nextLine()).isEqualTo("21.5");
            assertThat(thermometer.nextLine()).isEqualTo("21.5");
        }
    }
    // end::every[]
}
