package io.socketharness.examples.kotlin

import io.socketharness.FakeServer
import io.socketharness.assertj.SocketAssertions.assertThat
import io.socketharness.junit5.SocketServer
import io.socketharness.recording.Recording
import io.socketharness.script.Behaviour
import java.net.DatagramPacket
import java.net.DatagramSocket
import java.net.InetSocketAddress
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** What tests look like in Kotlin: annotations, scripts as raw strings, and a server on its own. */
class GreetingTest {

    // tag::script[]
    @Test
    @SocketServer(script = $$"""
        S: 220 mail.test ESMTP
        C~ EHLO (?<name>\S+)
        S: 250 hello ${name}
        """)
    fun `greets the client by its name`(mail: FakeServer) {
        assertThat(hello(mail.address(), "kotlin.test")).isEqualTo("250 hello kotlin.test")
    }
    // end::script[]

    // tag::older[]
    @Test
    @SocketServer(script = """
        S: 220 mail.test ESMTP
        C~ EHLO (?<name>\S+)
        S: 250 hello ${'$'}{name}
        """)
    fun `greets the client by its name without Kotlin 2_2`(mail: FakeServer) {
        assertThat(hello(mail.address(), "kotlin.test")).isEqualTo("250 hello kotlin.test")
    }
    // end::older[]

    // tag::parameters[]
    @Test
    fun `counts an order`(
        @SocketServer(transport = "udp", properties = ["statsd.host=\${host}", "statsd.port=\${port}"]) statsd: Recording,
    ) {
        count("orders")

        assertThat(statsd).received("orders:1|c")
    }
    // end::parameters[]

    // tag::behaviour[]
    @Test
    fun `answers in upper case`() {
        val upperCase = Behaviour { connection ->
            connection.sendLine("220 mail.test ESMTP")
            connection.sendLine(connection.receiveLine().uppercase())
        }

        FakeServer.start("tcp:", upperCase).use { server ->
            assertThat(hello(server.address(), "kotlin.test")).isEqualTo("EHLO KOTLIN.TEST")

            server.verify()
        }
    }
    // end::behaviour[]

    /** Another, which finds its server by system properties. */
    private fun count(what: String) {
        val server = InetSocketAddress(System.getProperty("statsd.host"), System.getProperty("statsd.port").toInt())
        val message = "$what:1|c".toByteArray()
        DatagramSocket().use { it.send(DatagramPacket(message, message.size, server)) }
    }
}
