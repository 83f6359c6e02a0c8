package io.socketharness.spock

import io.socketharness.FakeServer
import io.socketharness.recording.Capture
import io.socketharness.testing.JdkClient
import spock.lang.Shared
import spock.lang.Specification

class Hanging extends Specification {

    @SocketServer(script = '@discard')
    FakeServer server

    def 'hangs'() {
        when:
        JdkClient.tcp(server.address(), 'GET a\n')
        throw new IOException('Read timed out')

        then:
        true
    }

    def cleanup() {
        JdkClient.tcp(server.address(), 'later\n')
    }
}

class Captures extends Specification {

    @Shared
    @SocketServer
    FakeServer shared

    def 'asks today/tomorrow'(@SocketServer(name = 'weather', script = 'C: GET a') FakeServer server, String day) {
        expect:
        JdkClient.tcp(server.address(), "GET $day\n") == ''

        where:
        day << ['a', 'b']
    }

    def 'throws'(@SocketServer(name = 'weather', script = 'C: GET a\nS: b') FakeServer server) {
        when:
        JdkClient.tcp(server.address(), 'GET c\n')
        throw new IOException('the answer is missing')

        then:
        true
    }

    def 'passes'(@SocketServer(name = 'always', capture = Capture.ALWAYS) FakeServer server) {
        expect:
        server.port() > 0
    }
}
