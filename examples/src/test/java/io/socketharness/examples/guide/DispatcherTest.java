package io.socketharness.examples.guide;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.expectLineMatching;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.otherwise;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A script in Java for all tests of a class. */
// tag::extension[]
class DispatcherTest {

    @RegisterExtension
    final SocketServerExtension dispatcher = SocketServerExtension.of(
            "tcp:",
            match(
                    when(expectLine("TEMP?"), sendLine("21.5")),
                    when(expectLineMatching("NAME (?<name>\\w+)"), sendLine("hello ${name}")),
                    otherwise(sendLine("?"))));

    @Test
    void asksInAnyOrder() throws Exception {
        FakeServer server = dispatcher.server();
        try (Thermometer thermometer = new Thermometer(server.host(), server.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }
}
// end::extension[]
