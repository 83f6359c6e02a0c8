package io.socketharness.examples.guide;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.sendLine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of {@code docs/first-test.md}. */
class ThermometerTest {

    // tag::first[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            S: 21.5
            """)
    void readsTheTemperature(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }
    // end::first[]

    // tag::faults[]
    @Test
    @SocketServer(script = """
            C: TEMP?
            @stall
            """)
    void givesUpOnAThermometerThatIsSilent(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThatThrownBy(thermometer::read).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @SocketServer(script = """
            C: TEMP?
            @reset
            """)
    void noticesThatTheConnectionBroke(FakeServer server) throws Exception {
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThatThrownBy(thermometer::read).isInstanceOf(SocketException.class);
        }
    }
    // end::faults[]

    // tag::assertions[]
    @Test
    void hangsUpWhenItIsClosed(@SocketServer FakeServer server) throws Exception {
        new Thermometer(server.host(), server.port()).close();

        assertThat(server).hasConnections(1);
        assertThat(server).connection(0).closedByClient();
    }
    // end::assertions[]

    // tag::parameterized[]
    @ParameterizedTest
    @ValueSource(doubles = {21.5, 0, -3.25})
    void readsAnyTemperature(double temperature, @SocketServer FakeServer server) throws Exception {
        server.enqueue(expectLine("TEMP?"), sendLine(String.valueOf(temperature)));

        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(temperature);
        }
    }
    // end::parameterized[]
}
