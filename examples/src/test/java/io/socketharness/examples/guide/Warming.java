package io.socketharness.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.script.Behaviour;
import io.socketharness.script.Connection;

/** A behaviour of one's own: it is a degree warmer each time it is asked. */
// tag::class[]
class Warming implements Behaviour {

    @Override
    public void run(Connection connection) {
        double temperature = 20; // for this connection only
        while (true) {
            assertThat(connection.receiveLine()).isEqualTo("TEMP?"); // an exception fails the test
            connection.sendLine(String.valueOf(temperature++));
        }
    }
}
// end::class[]
