package io.socketharness.spock

import io.socketharness.testing.JdkClient
import io.socketharness.FakeServer
import spock.lang.Specification

class StatsdReporterSpec extends Specification {
    @SocketServer(transport = 'udp') FakeServer server

    def 'counts an order'() {
        when: new StatsdReporter(server.address()).count('orders', 1)
        then: server.recording().awaitExchange(0).receivedText() == 'orders:1|c'
    }
}

class StatsdReporter {
    private final InetSocketAddress agent

    StatsdReporter(InetSocketAddress agent) {
        this.agent = agent
    }

    void count(String name, int delta) {
        JdkClient.udp(agent, "$name:$delta|c")
    }
}
