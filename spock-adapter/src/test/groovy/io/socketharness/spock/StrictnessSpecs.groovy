package io.socketharness.spock

import io.socketharness.testing.JdkClient
import io.socketharness.FakeServer
import io.socketharness.script.Behaviour
import io.socketharness.script.Behaviours
import io.socketharness.script.Connection
import org.opentest4j.TestAbortedException
import spock.lang.FailsWith
import spock.lang.PendingFeature
import spock.lang.Requires
import spock.lang.Retry
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import java.util.concurrent.TimeUnit
import spock.lang.Timeout

class Faults extends Specification {
    def 'mismatch'(@SocketServer(script = 'C: PING\nS: PONG') FakeServer server) {
        expect: JdkClient.tcp(server.address(), 'PONG\n') == ''
    }

    @SocketServer(script = 'C: PING', timeout = '50ms')
    def 'never connected'() {
        expect: true
    }

    def 'enqueued'(@SocketServer(timeout = '50ms') FakeServer server) {
        when: server.enqueue(Behaviours.expectLine('PING'))
        then: noExceptionThrown()
    }

    def 'broken'(@SocketServer(behaviour = Broken) FakeServer server) {
        expect: JdkClient.tcp(server.address(), '') == ''
    }
}

class Broken implements Behaviour {
    @Override
    void run(Connection connection) {
        throw new IllegalStateException('the behaviour is broken')
    }
}

class SeveralFaults extends Specification {
    @SocketServer(name = 'first', script = 'C: PING')
    @SocketServer(name = 'second', script = 'C: PING')
    @SocketServer(name = 'third', script = 'C: PING')
    def 'two of three'(
            @FromServer('first') FakeServer first,
            @FromServer('second') FakeServer second,
            @FromServer('third') FakeServer third) {
        given: Seen.SERVERS.addAll([first, second, third])
        expect: JdkClient.tcp(third.address(), 'nothing\n') == ''
        and: JdkClient.tcp(second.address(), 'PING\n') == ''
        and: JdkClient.tcp(first.address(), 'nothing\n') == ''
    }
}

class Allowed extends Specification {
    @SocketServer(script = 'C: PING', optional = true)
    def 'optional'() {
        expect: true
    }

    @SocketServer(script = 'C: PING', strict = false)
    def 'not strict'(FakeServer server) {
        expect: JdkClient.tcp(server.address(), 'PONG\n') == ''
    }

    def 'without a script'(@SocketServer FakeServer server) {
        when: JdkClient.connect(server.address())
        then: noExceptionThrown()
    }
}

@SocketServer(script = 'C: PING')
class ForAll extends Specification {
    def 'does not need it'() {
        expect: true
    }
}

class OwnFailure extends Specification {
    def 'both'(@SocketServer(script = 'C: PING') FakeServer server) {
        when: JdkClient.tcp(server.address(), 'PONG\n')
        then: throw new AssertionError((Object) 'its own failure')
    }
}

class ThrowsAfterwards extends Specification {
    @SocketServer(script = 'C: PING') FakeServer server

    def 'in a feature'() {
        when: JdkClient.tcp(server.address(), 'PONG\n')
        then: throw new IllegalStateException('connection closed')
    }

    def 'in a condition'() {
        expect: client() == 0
    }

    private int client() {
        JdkClient.tcp(server.address(), 'PONG\n')
        throw new IllegalStateException('connection closed')
    }

    def 'in a condition, an assertion'() {
        when: JdkClient.tcp(server.address(), 'PONG\n')
        then: assertion() == 0
    }

    private static int assertion() {
        throw new AssertionError((Object) 'its own failure')
    }

    def 'whose exception is expected'() {
        when: JdkClient.tcp(server.address(), 'PING\n')
        and: throw new IllegalStateException('connection closed')
        then: thrown(IllegalStateException)
    }
}

class ThrowsOnASharedServer extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer server

    def 'first'() {
        when: JdkClient.tcp(server.address(), 'PONG\n')
        then: throw new IllegalStateException('connection closed')
    }

    def 'second'() {
        expect: true
    }
}

class ThrowsInSetup extends Specification {
    @SocketServer(script = 'C: PING') FakeServer server

    def setup() {
        JdkClient.tcp(server.address(), 'PONG\n')
        throw new IllegalStateException('connection closed')
    }

    def 'feature'() {
        expect: true
    }
}

class Hangs extends Specification {
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    def 'in a read'(@SocketServer(script = '@stall') FakeServer server) {
        expect: new Socket(server.host(), server.port()).withCloseable { it.inputStream.read() } == 1
    }
}

@Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
class HangsInASpecificationWithALimit extends Specification {
    @SocketServer(script = '@stall') FakeServer server

    def 'in a read'() {
        expect: new Socket(server.host(), server.port()).withCloseable { it.inputStream.read() } == 1
    }
}

class WaitsForMore extends Specification {
    @SocketServer(script = 'C: PING') FakeServer server

    def 'feature'() {
        when: JdkClient.tcp(server.address(), 'PING\n')
        then: throw new IllegalStateException('its own failure')
    }
}

class FailedEarly extends Specification {
    @SocketServer(script = 'C: PING', timeout = '1m')
    def 'feature'() {
        expect: throw new IllegalStateException('its own failure')
    }
}

class FailedInSetup extends Specification {
    @SocketServer(script = 'C: PING', timeout = '1m') FakeServer server

    def setup() {
        JdkClient.tcp(server.address(), 'PONG\n')
        throw new AssertionError((Object) 'setup failed')
    }

    def 'feature'() {
        expect: true
    }
}

class FailedInCleanup extends Specification {
    @SocketServer(script = 'C: PING', timeout = '1m') FakeServer server

    def 'feature'() {
        expect: true
    }

    def cleanup() {
        JdkClient.tcp(server.address(), 'PONG\n')
        throw new AssertionError((Object) 'cleanup failed')
    }
}

class Farewell extends Specification {
    @SocketServer(script = 'C: QUIT') FakeServer server

    def 'says nothing'() {
        expect: true
    }

    def cleanup() {
        JdkClient.tcp(server.address(), 'QUIT\n')
    }
}

@Stepwise
class Aborted extends Specification {
    @Shared @SocketServer(scripts = ['C: PING', 'C: PING']) FakeServer shared

    def 'unmet'(@SocketServer(script = 'C: PING') FakeServer server) {
        when: JdkClient.tcp(server.address(), 'PONG\n')
        then: throw new TestAbortedException('not today')
    }

    @SocketServer(script = 'C: PING')
    def 'unreached'() {
        expect: throw new TestAbortedException('not today')
    }

    def 'of the specification'() {
        when: JdkClient.tcp(shared.address(), 'PONG\n')
        then: throw new TestAbortedException('not today')
    }

    def 'is not blamed for it'() {
        expect: true
    }
}

class AbortedInSetup extends Specification {
    @SocketServer(script = 'C: PING') FakeServer server

    def setup() {
        JdkClient.tcp(server.address(), 'PONG\n')
        throw new TestAbortedException('not today')
    }

    def 'feature'() {
        expect: true
    }
}

class AbortedInSetupSpec extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer server

    def setupSpec() {
        JdkClient.tcp(server.address(), 'PONG\n')
        throw new TestAbortedException('not today')
    }

    def 'feature'() {
        expect: true
    }
}

class Pending extends Specification {
    @PendingFeature
    def 'to be done'(@SocketServer(script = 'C: PING', timeout = '1m') FakeServer server) {
        expect: JdkClient.tcp(server.address(), 'PONG\n') == 'done'
    }

    @FailsWith(UncheckedIOException)
    def 'expected to fail'(@SocketServer FakeServer server) {
        given: server.refuse()
        expect: JdkClient.tcp(server.address(), '') == ''
    }
}

@Stepwise
class SharedFault extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer server

    def 'first'() {
        expect: JdkClient.tcp(server.address(), 'PING\n') == ''
    }

    def 'second'() {
        expect: JdkClient.tcp(server.address(), 'PONG\n') == ''
    }
}

class SharedFaultThenMore extends Specification {
    @Shared @SocketServer(script = 'C: PING') FakeServer server

    def 'step #line'() {
        expect: JdkClient.tcp(server.address(), "$line\n") == ''
        where: line << ['PING', 'PONG', 'PING']
    }
}

class SharedRest extends Specification {
    @Shared @SocketServer(scripts = ['C: PING', 'C: PING'], timeout = '50ms') FakeServer server

    def 'first'() {
        expect: JdkClient.tcp(server.address(), 'PING\n') == ''
    }
}

class SharedMetInCleanupSpec extends Specification {
    @Shared @SocketServer(script = 'C: QUIT') FakeServer server

    def 'says nothing'() {
        expect: true
    }

    def cleanupSpec() {
        JdkClient.tcp(server.address(), 'QUIT\n')
    }
}

class SharedCutShort extends Specification {
    @Shared @SocketServer(script = 'C: PING', timeout = '1m') FakeServer server

    def 'fails'() {
        expect: throw new IllegalStateException('before it used the server')
    }
}

class SharedCutShortByAnInitialValue extends Specification {
    @Shared @SocketServer(script = 'C: PING', timeout = '1m') FakeServer server

    def value = { throw new IllegalStateException('no value') }()

    def 'fails'() {
        expect: true
    }
}

class SharedCutShortByData extends Specification {
    @Shared @SocketServer(script = 'C: PING', timeout = '1m') FakeServer server

    def 'fails'(int number) {
        expect: number
        where: number << { throw new IllegalStateException('no data') }()
    }
}

class SharedCutShortByACondition extends Specification {
    @Shared @SocketServer(script = 'C: PING', timeout = '1m') FakeServer server
    @Shared boolean here = false

    @Requires({ shared.here })
    def 'fails'() {
        expect: true
    }
}

class Retried extends Specification {
    @Shared int attempts = 0

    @Retry(count = 1)
    def 'at the second attempt'(@SocketServer(script = 'C: PING') FakeServer server) {
        given: def line = attempts++ == 0 ? 'PONG\n' : 'PING\n'
        expect: JdkClient.tcp(server.address(), line) == ''
        and: attempts == 2
    }
}
