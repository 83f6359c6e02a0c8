package io.socketharness.examples.metrics

import io.socketharness.FakeServer
import io.socketharness.spock.SocketServer
import spock.lang.Specification

/** The same as StatsdReporterTest, for Spock. */
// tag::field[]
class StatsdReporterSpec extends Specification {
    @SocketServer(transport = 'udp') FakeServer server

    def 'counts an order'() {
        when: new StatsdReporter(server.address()).count('orders', 1)
        then: server.recording().awaitExchange(0).receivedText() == 'orders:1|c'
    }
}
// end::field[]
