package io.socketharness.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A class of tests that shares its server with {@link KitchenTest}. */
class CellarTest extends SharedThermometer {

    @Test
    void readsTheTemperatureTwice() throws Exception {
        try (Thermometer thermometer = new Thermometer(THERMOMETER.host(), THERMOMETER.port())) {
            assertThat(thermometer.read()).isEqualTo(21.5);
            assertThat(thermometer.read()).isEqualTo(21.5);
        }
    }
}
