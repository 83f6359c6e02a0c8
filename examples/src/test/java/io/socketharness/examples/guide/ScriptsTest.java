package io.socketharness.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.script.Script;
import java.io.EOFException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tests of {@code docs/scripts.md}. */
class ScriptsTest {

    // tag::annotation[]
    @Test
    @SocketServer(script = """
            S: READY
            C~ NAME (?<name>\\w+)
            S: hello ${name}
            """)
    void greets(FakeServer server) throws Exception {
        // end::annotation[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.nextLine()).isEqualTo("READY");
            thermometer.send("NAME anna");
            assertThat(thermometer.nextLine()).isEqualTo("hello anna");
        }
    }

    // tag::resource[]
    @Test
    @SocketServer(scriptResource = "thermometer.script") // in the directory of the test class, under resources
    void readsTheTemperature(FakeServer server) throws Exception {
        // end::resource[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }

    // tag::scripts[]
    @Test
    @SocketServer(scripts = {"""
            C: TEMP?
            @close
            """, """
            C: TEMP?
            S: 21.5
            """})
    void triesAgain(FakeServer server) throws Exception {
        // end::scripts[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThatThrownBy(thermometer::read).isInstanceOf(EOFException.class);
        }
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }

    @Test
    void hasVariables(@SocketServer FakeServer server) throws Exception {
        String reading = "21.5";
        // tag::parse[]
        server.enqueue(Script.parse("""
                C: TEMP?
                S: ${reading}
                """, Map.of("reading", reading)));
        // end::parse[]
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }
}
