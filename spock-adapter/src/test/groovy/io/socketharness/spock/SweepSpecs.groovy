package io.socketharness.spock

import io.socketharness.FakeServer
import io.socketharness.ServerSpec
import io.socketharness.recording.Capture
import io.socketharness.script.Script
import io.socketharness.sweep.Sweep
import io.socketharness.sweep.Verdict
import io.socketharness.testing.SweptClient
import spock.lang.RepeatUntilFailure
import spock.lang.Rollup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout
import org.spockframework.runtime.model.parallel.ExecutionMode
import spock.lang.Execution

import java.lang.annotation.Retention
import java.lang.annotation.RetentionPolicy

class SweptFirst extends Specification {

    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        SweptClient.greeting(server.address()) == 'A'
    }
}

class SweptCorrect extends Specification {

    def setup() {
        Seen.METHODS.add('setup')
    }

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        given:
        Seen.SERVERS.add(server)

        expect:
        SweptClient.greeting(server.address()) == 'A'
    }

    def cleanup() {
        Seen.METHODS.add('cleanup')
    }
}

abstract class SweptNoTimeout extends Specification {

    static String answer(FakeServer server) {
        SweptClient.connect(server.address(), SweptClient.NO_TIMEOUT).withCloseable { it.line() }
    }

    def cleanup() {
        Seen.METHODS.add('cleanup')
        // longer than the time between two interrupts
        Thread.sleep(120)
    }
}

class SweptHangs extends SweptNoTimeout {

    @FaultSweep(tolerates = IOException, timeLimit = '400ms')
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        answer(server) == 'A'
    }
}

class SweptWithTimeout extends SweptNoTimeout {

    // the first runs need time, too
    @FaultSweep(tolerates = Throwable, timeLimit = '1m')
    @Timeout(3)
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        answer(server) == 'A'
    }
}

class SweptKnown extends SweptNoTimeout {

    @FaultSweep(tolerates = IOException, timeLimit = '400ms', known = 'hangs.faults')
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        answer(server) == 'A'
    }
}

class SweptOutdated extends Specification {

    @FaultSweep(tolerates = IOException, timeLimit = '3s', known = 'outdated.faults')
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        SweptClient.greeting(server.address()) == 'A'
    }

    def cleanup() {
        Seen.METHODS.add('cleanup')
    }
}

class SweptSwallows extends Specification {

    @FaultSweep(tolerates = IOException, timeLimit = '3s', lastReplyNeeded = true, max = 4)
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        SweptClient.swallowed(server.address()) != null
    }
}

class SweptHalves extends Specification {

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'reads'(@SocketServer(script = 'S: AB') FakeServer server) {
        expect:
        half(server) == 'AB'
    }

    static String half(FakeServer server) {
        SweptClient.connect(server.address()).withCloseable { it.half() }
    }
}

class SweptHalvesAlways extends Specification {

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    @SocketServer(script = 'S: AB', capture = Capture.ALWAYS)
    def 'reads'(FakeServer server) {
        expect:
        SweptHalves.half(server) == 'AB'
    }
}

class SweptConditions extends Specification {

    @SocketServer(script = 'S: A')
    FakeServer server

    @FaultSweep(timeLimit = '3s')
    def 'is not tolerated'() {
        expect:
        SweptClient.greeting(server.address()) == 'A'
    }

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'is tolerated in a helper'() {
        expect:
        greets()
    }

    boolean greets() {
        assert SweptClient.greeting(server.address()) == 'A'
        true
    }

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'is thrown'() {
        when:
        def line = SweptClient.greeting(server.address())

        then:
        noExceptionThrown()
        line == 'A'
    }
}

class SweptByCall extends Specification {

    def 'tolerates'() {
        expect:
        Sweep.of(ServerSpec.builder('tcp').script(Script.parse('S: A')).build())
                .tolerating(IOException)
                .only('close before "S: A" (connection 0)')
                .run { server -> assert SweptClient.greeting(server.address()) == 'A' }
                .counts()[Verdict.TOLERATED] == 1
    }
}

class SweptSetup extends Specification {

    @SocketServer(script = 'S: A')
    FakeServer server
    String greeting

    def setup() {
        greeting = SweptClient.greeting(server.address())
        Seen.METHODS.add('setup')
    }

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'greets'() {
        expect:
        Seen.METHODS.add('feature')
        greeting == 'A'
    }

    def cleanup() {
        Seen.METHODS.add('cleanup')
    }
}

class SweptField extends Specification {

    @SocketServer(script = 'S: A')
    FakeServer server
    String greeting = SweptClient.greeting(server.address())

    def setup() {
        Seen.METHODS.add('setup')
    }

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'greets'() {
        expect:
        Seen.METHODS.add('feature')
        greeting == 'A'
    }

    def cleanup() {
        Seen.METHODS.add('cleanup')
    }
}

class SweptCleanup extends Specification {

    boolean connected

    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        when:
        try {
            SweptClient.greeting(server.address())
            connected = true
        } catch (IOException reported) {
            connected = false
        }

        then:
        true
    }

    def cleanup() {
        if (!connected) {
            throw new IllegalStateException('not connected')
        }
    }
}

class SweptNothing extends Specification {

    @FaultSweep
    def 'wrong result'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        SweptClient.greeting(server.address()) == 'B'
    }

    @FaultSweep
    def 'wrong script'(@SocketServer(script = 'C: PONG\nS: OK') FakeServer server) {
        when:
        SweptClient.connect(server.address()).withCloseable {
            it.write('PING')
            it.line()
        }

        then:
        true
    }

    @FaultSweep
    def 'unfinished'(@SocketServer(timeout = '100ms', script = 'S: A\nC: PING') FakeServer server) {
        expect:
        SweptClient.greeting(server.address()) == 'A'
    }

    @FaultSweep
    def 'differs'(@SocketServer(script = 'C~ .*\nS: A') FakeServer server) {
        given:
        Seen.METHODS.add('differs')

        expect:
        SweptClient.connect(server.address()).withCloseable {
            it.write("run ${Seen.METHODS.size()}")
            it.line()
        } == 'A'
    }

    @FaultSweep
    def 'too slow'(@SocketServer(timeout = '100ms', script = 'S: A\n@stall') FakeServer server) {
        when:
        SweptClient.connect(server.address(), SweptClient.NO_TIMEOUT).withCloseable {
            it.line()
            it.line()
        }

        then:
        true
    }

    @FaultSweep
    def 'aborted'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        throw new org.opentest4j.TestAbortedException('not here')
    }
}

class SweptNothingBefore extends Specification {

    String data = { throw new IllegalStateException('no data') }()

    @FaultSweep
    @SocketServer(timeout = '100ms')
    def 'greets'() {
        expect:
        data
    }
}

class SweptWrong extends Specification {

    @FaultSweep
    def 'without'() {
        expect: true
    }

    @FaultSweep
    @SocketServer(name = 'one')
    def 'two'(@SocketServer FakeServer other) {
        expect: true
    }

    @FaultSweep(server = 'mial')
    @SocketServer(name = 'mail')
    def 'misnamed'() {
        expect: true
    }

    @FaultSweep(timeLimit = '5')
    @SocketServer
    def 'limit'() {
        expect: true
    }

    @FaultSweep(known = 'malformed.faults')
    @SocketServer
    def 'known'() {
        expect: true
    }

    @FaultSweep
    @SocketServer
    def 'where'() {
        expect: number

        where:
        number << [1, 2]
    }

    @FaultSweep
    @SocketServer
    @Execution(ExecutionMode.CONCURRENT)
    def 'concurrent'() {
        expect: true
    }

    @FaultSweep
    def 'transport'(@SocketServer(transport = 'upd') FakeServer server) {
        expect: true
    }
}

class SweptRepeated extends Specification {

    @FaultSweep
    @SocketServer
    @RepeatUntilFailure(maxAttempts = 2)
    def 'repeated'() {
        expect: true
    }
}

class SweptShared extends Specification {

    @Shared
    @SocketServer(script = 'S: A')
    FakeServer shared

    @FaultSweep
    def 'only'() {
        expect: true
    }

    @FaultSweep(server = 'shared')
    @SocketServer(name = 'own')
    def 'by name'() {
        expect: true
    }
}

class SweptBesideOthers extends Specification {

    @Shared
    @SocketServer(script = 'S: B')
    FakeServer shared
    @SocketServer
    FakeServer other

    @FaultSweep(tolerates = IOException, timeLimit = '3s', server = 'own', max = 6)
    @SocketServer(name = 'own', script = 'S: A')
    def 'greets'(@FromServer('own') FakeServer own) {
        expect:
        SweptClient.greeting(shared.address()) == 'B'
        SweptClient.greeting(own.address()) == 'A'
        other.recording().exchanges().empty
    }

    def 'is a normal feature'() {
        expect:
        SweptClient.greeting(shared.address()) == 'B'
    }
}

abstract class SweptBase extends Specification {

    @Swept
    def 'greets'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        SweptClient.greeting(server.address()) == 'A'
    }
}

class SweptDerived extends SweptBase {}

@Retention(RetentionPolicy.RUNTIME)
@FaultSweep(tolerates = IOException, timeLimit = '3s', max = 3)
@interface Swept {}

class SweptRolledUp extends Specification {

    @Rollup
    @FaultSweep(tolerates = IOException, timeLimit = '3s')
    def 'reads'(@SocketServer(script = 'S: AB') FakeServer server) {
        expect:
        SweptHalves.half(server) == 'AB'
    }
}

class SweptParallel extends Specification {

    @FaultSweep(tolerates = IOException, timeLimit = '5s', max = 10)
    def 'one'(@SocketServer(script = 'S: A') FakeServer server) {
        expect:
        SweptClient.greeting(server.address()) == 'A'
    }

    @FaultSweep(tolerates = IOException, timeLimit = '5s', max = 10)
    def 'other'(@SocketServer(script = 'S: B') FakeServer server) {
        expect:
        SweptClient.greeting(server.address()) == 'B'
    }
}
