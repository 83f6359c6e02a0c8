package io.socketharness.spock

import io.socketharness.FakeServer
import spock.lang.Specification

class LosesDatagrams extends Specification {
    @SocketServer(transport = 'udp', script = '@echo', network = 'drop 1 to server')
    FakeServer server

    def 'asks again'() {
        given:
        def socket = new DatagramSocket()
        socket.connect(server.address())
        socket.soTimeout = 200
        def question = 'PING'.bytes
        int sent = 0
        boolean answered = false

        when:
        while (!answered && sent < 100) {
            socket.send(new DatagramPacket(question, question.length))
            sent++
            try {
                socket.receive(new DatagramPacket(new byte[10], 10))
                answered = true
            } catch (SocketTimeoutException lost) {
                // asks again
            }
        }

        then:
        answered
        sent >= 2

        cleanup:
        socket.close()
    }
}

class WrongConditions extends Specification {
    @SocketServer(transport = 'udp', network = 'dorp 1 to server')
    def 'word'() {
        expect: true
    }
}

class SeededFailure extends Specification {
    @SocketServer(script = 'C: PING', timeout = '100ms', network = ['latency 1ms', 'slice 1'], seed = 7)
    FakeServer server

    def 'fails'() {
        given:
        def client = new Socket(server.host(), server.port())
        client << 'PONG\n'

        expect:
        client.inputStream.read() == -1

        cleanup:
        client.close()
    }
}
