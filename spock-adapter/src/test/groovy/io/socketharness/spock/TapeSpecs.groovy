package io.socketharness.spock

import io.socketharness.FakeServer
import io.socketharness.testing.JdkClient
import spock.lang.Shared
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

class TapeOfFailedIteration extends Specification {

    @Shared
    @SocketServer(forwardTo = Tapes.REAL, tape = '{class}.tape')
    FakeServer server

    def 'asks for a day'() {
        expect:
        JdkClient.tcp(server.address(), "GET $day\n") == answer

        where:
        day      | answer
        'Monday' | 'sunny\r\n'
        'Sunday' | 'rainy\r\n'
    }
}

class TapeOfFailedCleanup extends Specification {

    @SocketServer(forwardTo = Tapes.REAL, tape = '{class}-{method}.tape')
    FakeServer server

    def cleanup() {
        throw new IllegalStateException('wrong')
    }

    def 'asks'() {
        expect:
        JdkClient.tcp(server.address(), 'GET\n') == 'sunny\r\n'
    }
}

class TapeOfFailedCleanupSpec extends Specification {

    @Shared
    @SocketServer(forwardTo = Tapes.REAL, tape = '{class}.tape')
    FakeServer server

    def cleanupSpec() {
        throw new IllegalStateException('wrong')
    }

    def 'asks'() {
        expect:
        JdkClient.tcp(server.address(), 'GET\n') == 'sunny\r\n'
    }
}

class TapeOfFailedData extends Specification {

    @Shared
    @SocketServer(forwardTo = Tapes.REAL, tape = '{class}.tape')
    FakeServer server

    def 'asks'() {
        expect:
        JdkClient.tcp(server.address(), 'GET\n') == 'sunny\r\n'
    }

    def 'asks for a day'() {
        expect:
        JdkClient.tcp(server.address(), "GET $day\n") == 'sunny\r\n'

        where:
        day << { throw new IllegalStateException('wrong') }()
    }
}
