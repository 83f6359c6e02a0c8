package io.socketharness.examples.guide;

import static io.socketharness.script.Behaviours.expectLine;
import static io.socketharness.script.Behaviours.match;
import static io.socketharness.script.Behaviours.sendLine;
import static io.socketharness.script.Behaviours.when;

import io.socketharness.FakeServer;
import org.junit.jupiter.api.AfterEach;

/** One server for all classes that extend this one. */
// tag::base[]
abstract class SharedThermometer {

    static final FakeServer THERMOMETER =
            FakeServer.start("tcp:?name=thermometer", match(when(expectLine("TEMP?"), sendLine("21.5"))));

    @AfterEach
    void verifyThermometer() {
        THERMOMETER.verifyNoFailures();
    }
}
// end::base[]
