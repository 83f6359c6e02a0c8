package io.socketharness.spock

import io.socketharness.testing.JdkClient
import io.socketharness.testing.ServerThreads
import io.socketharness.FakeServer
import io.socketharness.script.Behaviour
import io.socketharness.script.Connection
import spock.lang.Shared
import spock.lang.Specification

class Fifty extends Specification {
    @Shared @SocketServer(script = 'S: hello') FakeServer shared
    @SocketServer(script = 'S: hello') FakeServer field

    def 'iteration #number'(
            int number,
            @SocketServer(transport = 'udp') FakeServer udp,
            @SocketServer(behaviour = Hello) FakeServer own) {
        when: JdkClient.udp(udp.address(), 'hello')
        then:
        JdkClient.tcp(field.address(), '') == 'hello\r\n'
        JdkClient.tcp(shared.address(), '') == 'hello\r\n'
        JdkClient.tcp(own.address(), '') == 'hello'
        where: number << (1..50)
    }
}

class Hello implements Behaviour {
    @Override
    void run(Connection connection) {
        connection.send('hello')
    }
}

class FailsInTheBeginning extends Specification {
    @Shared @SocketServer FakeServer shared
    @Shared def value = fail(shared)

    static fail(FakeServer server) {
        Seen.SERVERS.add(server)
        throw new IllegalStateException('no value')
    }

    def 'feature'() {
        expect: true
    }
}

class IterationsFailInTheBeginning extends Specification {
    @SocketServer FakeServer server
    def value = FailsInTheBeginning.fail(server)

    def 'feature'() {
        expect: true
    }

    def 'iteration #number'() {
        expect: number
        where: number << [1, 2]
    }

    def cleanupSpec() {
        assert Seen.SERVERS.size() > 1 // Spock gives up a feature whose iteration does not begin
        assert Seen.SERVERS.every { it.recording().ended }
    }
}

class HalfStarted extends Specification {
    @Shared @SocketServer(behaviour = Hello) FakeServer first
    @Shared @SocketServer(host = 'host.invalid') FakeServer second

    def 'feature'() {
        expect: true
    }
}

class Fails extends Specification {
    @Shared @SocketServer(script = 'C: PING', timeout = '50ms') FakeServer shared
    @SocketServer(script = 'C: PING', timeout = '50ms') FakeServer server

    def 'feature'() {
        given: Seen.SERVERS.addAll([shared, server])
        expect: true
    }

    def cleanupSpec() {
        JdkClient.tcp(shared.address(), 'PONG\n')
        throw new IllegalStateException('cleanupSpec failed')
    }
}

class First extends Specification {
    @Shared @SocketServer(strict = false) FakeServer shared
    @SocketServer(script = 'C: PING') FakeServer field

    def 'first passes'(@SocketServer(script = 'S: hello') FakeServer parameter) {
        expect: Talk.hold('PING', field, shared, parameter)
    }

    def 'first fails'(@SocketServer(script = 'S: hello') FakeServer parameter) {
        expect: Talk.hold('first', field, shared, parameter)
    }
}

class Second extends Specification {
    @Shared @SocketServer(strict = false) FakeServer shared
    @SocketServer(script = 'C: PING') FakeServer field

    def 'second #line'(String line, @SocketServer(script = 'S: hello') FakeServer parameter) {
        expect: Talk.hold(line, field, shared, parameter)
        where: line << ['PING', 'second']
    }
}

class OnUnix extends Specification {
    @SocketServer(transport = 'unix', skipIfUnsupported = true)
    def 'on a feature'() {
        expect: true
    }

    def 'on a parameter'(@SocketServer(transport = 'unix', skipIfUnsupported = true) FakeServer server) {
        expect: true
    }

    def 'fails'(@SocketServer(transport = 'unix') FakeServer server) {
        expect: true
    }

    def 'runs'(@SocketServer(transport = 'tcp', skipIfUnsupported = true) FakeServer server) {
        expect: true
    }
}

class SharedOnUnix extends Specification {
    @Shared @SocketServer(transport = 'unix', skipIfUnsupported = true) FakeServer server

    def 'is not run'() {
        expect: true
    }
}

class Unskipped extends Specification {
    @Shared @SocketServer(transport = 'unix') FakeServer server

    def 'is not run either'() {
        expect: true
    }
}

/** Runs behind another one. */
class Afterwards extends Specification {
    def 'nothing is left'() {
        expect: ServerThreads.alive().empty
    }
}
