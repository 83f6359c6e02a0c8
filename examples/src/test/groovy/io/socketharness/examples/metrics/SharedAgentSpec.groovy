package io.socketharness.examples.metrics

import static io.socketharness.assertj.SocketAssertions.assertThat

import io.socketharness.FakeServer
import io.socketharness.spock.SocketServer
import spock.lang.Shared
import spock.lang.Specification

/** One server for a whole specification: what is set up once with its address needs it to stay. */
// tag::shared[]
class SharedAgentSpec extends Specification {
    @Shared @SocketServer(transport = 'udp') FakeServer agent
    @Shared StatsdReporter reporter

    def setupSpec() {
        reporter = new StatsdReporter(agent.address())
    }

    def 'counts #metric'() {
        when:
        reporter.count(metric, delta)

        then:
        assertThat(agent).received("$metric:$delta|c") // waits for it, up to the timeout

        where:
        metric   | delta
        'orders' | 1
        'logins' | 7
    }
}
// end::shared[]
