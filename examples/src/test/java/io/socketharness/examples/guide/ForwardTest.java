package io.socketharness.examples.guide;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.network.NetworkConditions.limit;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.forever;
import static io.socketharness.script.Behaviours.forwardTo;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.otherwise;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tests of {@code docs/forwarding.md}. Another fake server is the real server, so that they run everywhere. */
class ForwardTest {

    private static FakeServer real;

    @BeforeAll
    static void startTheRealServer() {
        real = FakeServer.start("tcp:?optional=true", forever(expectLine("TEMP?"), sendLine("21.5")));
        System.setProperty("thermometer.port", String.valueOf(real.port()));
    }

    @AfterAll
    static void stopTheRealServer() {
        real.close();
        System.clearProperty("thermometer.port");
    }

    // tag::first[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:${thermometer.port}")
    void readsTheRealTemperature(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }

        assertThat(server).connection(0).received("TEMP?\r\n").sent("21.5\r\n");
    }
    // end::first[]

    // tag::network[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:${thermometer.port}")
    void reportsAnAnswerThatBreaksOff(FakeServer server) throws Exception {
        server.network(limit(2).reset().toClient());

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThatThrownBy(thermometer::read).isInstanceOf(IOException.class);
        }
    }
    // end::network[]

    // tag::script[]
    @Test
    @SocketServer(script = """
            @match
              C: BATTERY?
              S: 3%
            @otherwise
              @forward tcp://localhost:${thermometer.port}
            @end
            """)
    void showsAnEmptyBattery(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            thermometer.send("BATTERY?");
            assertThat(thermometer.nextLine()).isEqualTo("3%"); // from the script
            assertThat(thermometer.read()).isEqualTo(21.5); // from the real server
        }
    }
    // end::script[]

    @Test
    void theSameInJava() throws Exception {
        // tag::java[]
        try (FakeServer server = FakeServer.start(
                "tcp:",
                match(
                        when(expectLine("BATTERY?"), sendLine("3%")),
                        otherwise(forwardTo("tcp://localhost:${thermometer.port}"))))) {
            // end::java[]
            try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
                assertThat(thermometer.read()).isEqualTo(21.5);
            }
            server.verify();
        }
    }
}
