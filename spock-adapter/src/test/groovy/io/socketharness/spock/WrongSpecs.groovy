package io.socketharness.spock

import io.socketharness.FakeServer
import io.socketharness.recording.Recording
import io.socketharness.script.Behaviour
import io.socketharness.script.Connection
import spock.lang.Shared
import spock.lang.Specification

class WrongValues extends Specification {
    def 'transport'(@SocketServer(transport = 'upd') FakeServer server) {
        expect: true
    }

    @SocketServer(port = 70_000)
    def 'port'() {
        expect: true
    }

    @SocketServer(timeout = '5')
    def 'timeout'() {
        expect: true
    }

    def 'script'(@SocketServer(script = 'S: one\nwhat is this') FakeServer server) {
        expect: true
    }

    @SocketServer(script = 'S: one', behaviour = OwnBehaviour)
    def 'both'() {
        expect: true
    }

    @SocketServer(scriptResource = 'absent.script')
    def 'resource'() {
        expect: true
    }

    @SocketServer(transport = 'udp', script = '@half-close')
    def 'datagrams'() {
        expect: true
    }
}

class OwnBehaviour implements Behaviour {
    @Override
    void run(Connection connection) {}
}

class WrongField extends Specification {
    @SocketServer(transport = 'tpc') FakeServer server

    def 'feature'() {
        expect: true
    }
}

class WrongSharedField extends Specification {
    @Shared @SocketServer(transport = 'tpc') FakeServer server

    def 'feature'() {
        expect: true
    }
}

class InitialValue extends Specification {
    @SocketServer FakeServer server = null

    def 'feature'() {
        expect: true
    }
}

class SharedInitialValue extends Specification {
    @Shared @SocketServer FakeServer server = null

    def 'feature'() {
        expect: true
    }
}

class FinalInitialValue extends Specification {
    @SocketServer final FakeServer server = null

    def 'feature'() {
        expect: true
    }
}

class StaticField extends Specification {
    @SocketServer static FakeServer server

    def 'feature'() {
        expect: true
    }
}

class FieldOfAnotherType extends Specification {
    @SocketServer File file

    def 'feature'() {
        expect: true
    }
}

@SocketServer(name = 'own')
class SharedFromIteration extends Specification {
    @Shared @FromServer('own') FakeServer shared

    def 'feature'() {
        expect: true
    }
}

class TwoOnAField extends Specification {
    @SocketServer @Metrics FakeServer server

    def 'feature'() {
        expect: true
    }
}

class UnknownHost extends Specification {
    @SocketServer(host = 'host.invalid') FakeServer server

    def 'feature'() {
        expect: true
    }
}

class OnAFixtureMethod extends Specification {
    @SocketServer
    def setup() {}

    def 'feature'() {
        expect: true
    }
}

class OnADataVariable extends Specification {
    def 'feature'(@SocketServer FakeServer server) {
        expect: true
        where: server << [null]
    }
}

@SocketServer(name = 'mail')
@SocketServer(name = 'dns')
class WrongChoices extends Specification {
    def 'unknown'(@FromServer('mial') int port) {
        expect: true
    }

    def 'ambiguous'(Recording recording) {
        expect: true
    }

    def 'ambiguous address'(InetSocketAddress address) {
        expect: true
    }

    def 'same name'(@SocketServer FakeServer mail, @FromServer('mail') FakeServer picked) {
        expect: true
    }

    def 'both'(@FromServer('dns') @SocketServer FakeServer server) {
        expect: true
    }
}

class NoServer extends Specification {
    def 'none'(@FromServer int port) {
        expect: true
    }

    def 'nor this'(FakeServer server) {
        expect: true
    }
}

@SocketServer
@SocketServer
class Unnamed extends Specification {
    def 'feature'() {
        expect: true
    }
}

class SameNames extends Specification {
    @SocketServer(name = 'x')
    @SocketServer(name = 'x')
    def 'feature'() {
        expect: true
    }
}

@SocketServer
class InSetupSpec extends Specification {
    def setupSpec(FakeServer server) {}

    def 'feature'() {
        expect: true
    }
}

class OnSetupSpec extends Specification {
    def setupSpec(@SocketServer FakeServer server) {}

    def 'feature'() {
        expect: true
    }
}

class FieldInSetupSpec extends Specification {
    @SocketServer FakeServer field

    def setupSpec(@FromServer('field') int port) {}

    def 'feature'() {
        expect: true
    }
}

class NoPort extends Specification {
    def 'feature'(@SocketServer(transport = 'unix') int port) {
        expect: true
    }
}
