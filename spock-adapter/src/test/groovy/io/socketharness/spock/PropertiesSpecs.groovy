package io.socketharness.spock

import io.socketharness.FakeServer
import org.spockframework.runtime.model.parallel.ResourceAccessMode
import org.spockframework.runtime.model.parallel.Resources
import spock.lang.Isolated
import spock.lang.ResourceLock
import spock.lang.Shared
import spock.lang.Specification

class SetsProperties extends Specification {
    @Shared
    @SocketServer(properties = 'harness.spock.port=${port}', optional = true)
    FakeServer shared

    def 'that of the specification is set'() {
        expect: System.getProperty('harness.spock.port') == "${shared.port()}"
    }

    @SocketServer(name = 'own', properties = ['harness.spock.port=${port}', 'harness.spock.uri=${uri}'])
    def 'one of the feature comes before it'(@FromServer('own') FakeServer own) {
        expect:
        System.getProperty('harness.spock.port') == "${own.port()}"
        System.getProperty('harness.spock.uri') == "${own.uri()}"
    }

    def 'and is gone afterwards'() {
        expect:
        System.getProperty('harness.spock.port') == "${shared.port()}"
        System.getProperty('harness.spock.uri') == null
    }
}

class Unlocked extends Specification {
    @SocketServer(properties = 'harness.spock.port=${port}')
    def 'unlocked'() {
        expect: true
    }

    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    @SocketServer(properties = 'harness.spock.port=${port}')
    def 'locked'(FakeServer server) {
        expect: System.getProperty('harness.spock.port') == "${server.port()}"
    }

    @ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
    @SocketServer(properties = 'harness.spock.port=${port}')
    def 'locked for reading'() {
        expect: true
    }
}

class UnlockedShared extends Specification {
    @Shared
    @SocketServer(properties = 'harness.spock.port=${port}')
    FakeServer server

    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    def 'not run'() {
        expect: true
    }
}

@Isolated
class Alone extends Specification {
    @SocketServer(properties = 'harness.spock.port=${port}')
    def 'alone'(FakeServer server) {
        expect: System.getProperty('harness.spock.port') == "${server.port()}"
    }
}
