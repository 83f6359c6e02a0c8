package io.socketharness.examples.guide

import io.socketharness.FakeServer
import io.socketharness.ServerSpec
import io.socketharness.script.Script
import io.socketharness.spock.FaultSweep
import io.socketharness.spock.SocketServer
import io.socketharness.sweep.Sweep
import java.time.Duration
import spock.lang.Specification

/** A fault sweep in Spock. */
class SweepSpec extends Specification {

    // tag::sweep[]
    @FaultSweep(tolerates = IOException, timeLimit = '1s')
    @SocketServer(script = '''
            C: TEMP?
            S: 21.5
            ''')
    def 'reads the temperature'(FakeServer server) {
        expect:
        new CarefulThermometer(server.address()).read() == 21.5
    }
    // end::sweep[]

    // tag::call[]
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
                    assert new CarefulThermometer(server.address()).read() == 21.5
                }
                .verify()
    }
    // end::call[]
}
