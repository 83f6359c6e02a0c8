package io.socketharness.examples.kotlin

import java.net.InetSocketAddress
import java.net.Socket

/** The client under test: greets a mail server, and returns what that says to it. */
fun hello(address: InetSocketAddress, name: String): String? =
    Socket(address.address, address.port).use { socket ->
        val answers = socket.getInputStream().bufferedReader()
        answers.readLine()
        socket.getOutputStream().write("EHLO $name\r\n".toByteArray())
        answers.readLine()
    }
