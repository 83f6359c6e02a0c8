package io.socketharness.spock

import io.socketharness.FakeServer
import io.socketharness.testing.JdkClient
import org.spockframework.runtime.model.parallel.ExecutionMode
import org.spockframework.runtime.model.parallel.ResourceAccessMode
import spock.lang.Execution
import spock.lang.Isolated
import spock.lang.ResourceLock
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

class Strict extends Specification {
    @Shared @SocketServer(script = 'C: PING', timeout = '50ms') FakeServer shared

    def 'strict and plain'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
    }

    def 'strict and data-driven'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
        where: number << [1, 2]
    }
}

@ResourceLock(value = 'some', mode = ResourceAccessMode.READ)
class ReadLocked extends Specification {
    @Shared @SocketServer(script = 'C: PING', optional = true) FakeServer shared

    def 'locked for reading'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
    }
}

class NotStrictShared extends Specification {
    @Shared @SocketServer(strict = false) FakeServer shared

    def 'not strict'() {
        when: JdkClient.connect(shared.address())
        then: noExceptionThrown()
    }
}

@Execution(ExecutionMode.SAME_THREAD)
class OneThread extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer shared

    def 'one thread'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
        where: number << [1, 2]
    }

    @Execution(ExecutionMode.CONCURRENT)
    def 'one thread but for this one'() {
        expect: JdkClient.tcp(shared.address(), 'PONG\n') == ''
    }
}

class OneThreadOfFeatures extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer shared

    @Execution(ExecutionMode.SAME_THREAD)
    def 'feature in one thread'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
    }
}

@Stepwise
class StepByStep extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer shared

    def 'step one'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
    }

    def 'step two'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
    }
}

@ResourceLock('some')
class LockedShared extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer shared

    def 'locked'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
    }
}

@Isolated
class IsolatedShared extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer shared

    def 'isolated'() {
        expect: JdkClient.tcp(shared.address(), 'PING\n') == ''
    }
}
