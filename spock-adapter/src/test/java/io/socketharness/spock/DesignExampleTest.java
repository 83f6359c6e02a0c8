package io.socketharness.spock;

import org.junit.jupiter.api.Test;

/** The specification of the design, as it stands. */
class DesignExampleTest {

    @Test
    void passes() {
        Run.of("StatsdReporterSpec").passed(1);
    }
}
