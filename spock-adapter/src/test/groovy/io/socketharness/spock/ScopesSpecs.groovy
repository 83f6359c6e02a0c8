package io.socketharness.spock

import io.socketharness.testing.JdkClient
import io.socketharness.FakeServer
import spock.lang.Rollup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Unroll

import java.lang.annotation.Retention
import java.lang.annotation.RetentionPolicy

@Stepwise
class Lives extends Specification {
    @SocketServer(script = 'S: hello') FakeServer field
    @Shared @SocketServer(script = 'S: hello') FakeServer shared
    @Shared FakeServer former
    @Shared FakeServer formerShared
    @Shared String greeting = JdkClient.tcp(shared.address(), '')
    String fieldGreeting = JdkClient.tcp(field.address(), '')
    FakeServer inSetup

    def setupSpec() {
        assert !shared.recording().ended
        assert greeting == 'hello\r\n'
    }

    def setup() {
        assert JdkClient.tcp(field.address(), '') == 'hello\r\n'
        inSetup = field
    }

    def 'first'() {
        given:
        former = field
        formerShared = shared
        expect:
        inSetup.is(field)
        fieldGreeting == 'hello\r\n'
        !field.recording().ended
    }

    def 'second'() {
        expect:
        former.recording().ended
        !field.is(former)
        field.recording().exchanges().size() == 2
        shared.is(formerShared)
        !shared.recording().ended
    }

    def cleanup() {
        assert !field.recording().ended
        Seen.SERVERS.add(field)
    }

    def cleanupSpec() {
        assert !shared.recording().ended
        assert former.recording().ended
        Seen.SERVERS.add(shared)
    }
}

class DataDriven extends Specification {
    @SocketServer(script = 'C~ (?<word>.*)\nS: ${word}', optional = true) FakeServer field

    @Unroll('#word is unrolled')
    @SocketServer(name = 'own')
    def 'each has a fresh one'(String word, @SocketServer FakeServer parameter, @FromServer('own') FakeServer own) {
        given: Seen.SERVERS.addAll([field, parameter, own])
        expect: JdkClient.tcp(field.address(), "$word\n") == "$word\r\n"
        and: [field, parameter, own].every { it.recording().exchanges().size() == (it.is(field) ? 1 : 0) }
        where: word << ['one', 'two', 'three']
    }

    @Rollup
    @SocketServer(name = 'own')
    def 'and those rolled up'(@FromServer('own') FakeServer own) {
        given: Seen.SERVERS.addAll([field, own])
        expect: number > 0
        where: number << [1, 2]
    }
}

class ServerBeforeData extends Specification {
    @Shared @SocketServer FakeServer shared

    def 'in any order'(@SocketServer FakeServer server, int port, String word) {
        expect:
        port == shared.port()
        word == 'one'
        server.port() != port
        where:
        word  | port
        'one' | shared.port()
    }
}

class DataDrivenFaults extends Specification {
    @SocketServer(script = 'C: PING') FakeServer server

    @Unroll
    def 'unrolled #line'() {
        expect: JdkClient.tcp(server.address(), "$line\n") == ''
        where: line << ['PING', 'PONG']
    }

    @Rollup
    def 'rolled up'() {
        expect: JdkClient.tcp(server.address(), "$line\n") == ''
        where: line << ['PING', 'PONG']
    }
}

@Stepwise
class Steps extends Specification {
    @SocketServer(script = 'C: PING') FakeServer server

    def 'first'() {
        expect: JdkClient.tcp(server.address(), 'PING\n') == ''
    }

    def 'second'() {
        expect: JdkClient.tcp(server.address(), 'PONG\n') == ''
    }

    def 'third'() {
        expect: JdkClient.tcp(server.address(), 'PING\n') == ''
    }
}

@Retention(RetentionPolicy.RUNTIME)
@SocketServer(name = 'metrics', transport = 'udp')
@interface Metrics {}

@SocketServer(name = 'of the interface')
interface Served {}

@SocketServer(name = 'replaced', transport = 'tcp')
@SocketServer(name = 'inherited', transport = 'tcp')
class Base extends Specification {
    @SocketServer private FakeServer mine
    @SocketServer FakeServer theirs
    @Shared @SocketServer FakeServer shared
    @Shared FakeServer sharedInSetupSpec

    FakeServer mine() {
        mine
    }

    def setupSpec() {
        sharedInSetupSpec = shared
    }

    def setup(@FromServer('mine') FakeServer mine) {
        assert mine.is(this.mine)
    }

    def 'of the base'(@FromServer('replaced') FakeServer replaced, @SocketServer FakeServer parameter) {
        given: Seen.SERVERS.addAll([mine(), theirs, shared, replaced, parameter])
        expect: replaced.uri().scheme == 'udp'
    }
}

@Metrics
@SocketServer(name = 'replaced', transport = 'udp')
class Derived extends Base implements Served {
    @SocketServer FakeServer own

    @SocketServer(name = 'inherited', transport = 'udp')
    def 'of the derived one'(
            @FromServer('inherited') FakeServer inherited,
            @FromServer('metrics') FakeServer metrics,
            @FromServer('of the interface') FakeServer ofInterface) {
        given: Seen.SERVERS.addAll([mine(), theirs, shared, own, inherited, metrics, ofInterface])
        expect:
        inherited.uri().scheme == 'udp'
        metrics.uri().scheme == 'udp'
        ofInterface.uri().scheme == 'tcp'
        shared.is(sharedInSetupSpec)
        mine().spec().name().get() == 'Derived.mine'
    }
}

class Equal extends Specification {
    @SocketServer FakeServer first
    @SocketServer FakeServer second

    @SocketServer
    def 'equal annotations are several servers'(@SocketServer FakeServer a, @SocketServer FakeServer b) {
        expect: ([first, second, a, b]*.port() as Set).size() == 4
    }
}

class OneOrigin extends Specification {
    @Shared @SocketServer(script = 'C: PING\n@delay 200ms\nS: PONG\n@close') FakeServer shared
    @SocketServer FakeServer field

    def setupSpec() {
        assert JdkClient.tcp(shared.address(), 'PING\n') == 'PONG\r\n'
    }

    def 'is that of the shared server'(@SocketServer FakeServer parameter) {
        when:
        [field, parameter].each { JdkClient.connect(it.address()) }

        then:
        [field, parameter].every {
            it.recording().awaitExchange(0).events()[0].at() > shared.recording().exchanges()[0].events().last().at()
        }
    }
}
