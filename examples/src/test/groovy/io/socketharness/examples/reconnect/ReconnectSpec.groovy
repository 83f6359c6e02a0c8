package io.socketharness.examples.reconnect

import static io.socketharness.assertj.SocketAssertions.assertThat
import static io.socketharness.script.Behaviours.close
import static io.socketharness.script.Behaviours.expectLine
import static io.socketharness.script.Behaviours.reset
import static io.socketharness.script.Behaviours.sendLine

import io.socketharness.FakeServer
import io.socketharness.spock.FromServer
import io.socketharness.spock.SocketServer
import spock.lang.Specification

/** A client that must get over faults, in as many iterations as there are faults. */
class ReconnectSpec extends Specification {

    // tag::parameter[]
    def 'reconnects after a reset'(@SocketServer(transport = 'tcp') FakeServer server) {
        given:
        server.enqueue(expectLine('PING'), reset())
        server.enqueue(expectLine('PING'), sendLine('PONG'))

        expect:
        new LineClient(server.address()).ping() == 'PONG'

        and:
        assertThat(server).hasConnections(2)
        assertThat(server).connection(1).received('PING\n').sent('PONG\r\n')
    }
    // end::parameter[]

    // tag::where[]
    def 'survives #what'(@SocketServer FakeServer server) {
        given:
        server.enqueue(expectLine('PING'), fault)
        server.enqueue(expectLine('PING'), sendLine('PONG'))

        expect:
        new LineClient(server.address()).ping() == 'PONG'

        where:
        what      | fault
        'a reset' | reset()
        'an end'  | close()
    }
    // end::where[]

    // tag::several[]
    @SocketServer(name = 'primary', script = '@reset')
    @SocketServer(name = 'replica', script = 'C: PING\nS: PONG')
    def 'asks the replica'(@FromServer('primary') InetSocketAddress primary, @FromServer('replica') int port) {
        when:
        new LineClient(primary).ping()

        then:
        thrown(IOException)

        and:
        new LineClient(new InetSocketAddress('127.0.0.1', port)).ping() == 'PONG'
    }
    // end::several[]
}
