package io.socketharness.examples.kotlin

import io.socketharness.FakeServer
import io.socketharness.assertj.SocketAssertions.assertThat
import io.socketharness.junit5.SocketServer
import io.socketharness.script.Behaviours.expectLine
import io.socketharness.script.Behaviours.reset
import io.socketharness.script.Behaviours.sendLine
import java.net.SocketException
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** Servers in fields, and their scripts in code. */
// tag::fields[]
class FieldsTest {
    @SocketServer
    lateinit var server: FakeServer // one for each test

    companion object {
        @SocketServer
        lateinit var shared: FakeServer // one for the class
    }

    @Test
    fun `reports that the connection was reset`() {
        server.enqueue(sendLine("220 mail.test ESMTP"), expectLine("EHLO kotlin.test"), reset())

        assertThatThrownBy { hello(server.address(), "kotlin.test") }.isInstanceOf(SocketException::class.java)
    }

    @Test
    fun `receives on the server of the class`() {
        shared.enqueue(sendLine("220"), expectLine("EHLO a"), sendLine("250 b"))

        assertThat(hello(shared.address(), "a")).isEqualTo("250 b")
        assertThat(shared).connection(0).received("EHLO a\r\n")
    }
}
// end::fields[]
