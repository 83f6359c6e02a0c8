package io.socketharness.spock

import io.socketharness.FakeServer
import io.socketharness.testing.JdkClient
import spock.lang.Specification

class Tapes extends Specification {

    static final String REAL = 'tcp://localhost:${socketharness.test.real.port}'

    def 'asks for today & tomorrow'(
            @SocketServer(forwardTo = REAL, tape = '{class}-{method}.tape') FakeServer server) {
        expect:
        JdkClient.tcp(server.address(), 'GET today\n') == 'sunny\r\n'
    }

    @SocketServer(name = 'weather', forwardTo = REAL, tape = 'days-{index}.tape')
    def 'asks for a day'(@FromServer('weather') FakeServer server, String day) {
        expect:
        JdkClient.tcp(server.address(), "GET $day\n") == 'sunny\r\n'

        where:
        day << ['Monday', 'Sunday']
    }
}

class AmbiguousTapes extends Specification {

    @SocketServer(forwardTo = Tapes.REAL, tape = 'a.tape')
    FakeServer server

    def 'asks'() {
        expect:
        server.port() > 0
    }
}
