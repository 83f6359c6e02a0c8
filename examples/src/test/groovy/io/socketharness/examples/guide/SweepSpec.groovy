package io.socketharness.examples.guide

import io.socketharness.ServerSpec
import io.socketharness.script.Script
import io.socketharness.sweep.Sweep
import java.time.Duration
import spock.lang.Specification

/** A fault sweep in Spock. */
class SweepSpec extends Specification {

    // tag::sweep[]
    def 'survives every fault'() {
        given:
        def spec = ServerSpec.builder('tcp')
                .script(Script.parse('C: TEMP?\nS: 21.5'))
                .build()

        expect:
        Sweep.of(spec)
                .tolerating(IOException)
                .timeLimit(Duration.ofSeconds(1))
                .parallel(8)
                .run { server ->
                    def temperature = new CarefulThermometer(server.address()).read()
                    assert temperature == 21.5
                }
                .verify()
    }
    // end::sweep[]
}
