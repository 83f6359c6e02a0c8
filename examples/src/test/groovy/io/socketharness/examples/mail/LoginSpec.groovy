package io.socketharness.examples.mail

import io.socketharness.FakeServer
import io.socketharness.spock.SocketServer
import jakarta.mail.MessagingException
import jakarta.mail.Session
import spock.lang.Specification

/** The same as LoginTest, for Spock. */
class LoginSpec extends Specification {

    // tag::script[]
    @SocketServer(script = '''
            S: +OK POP3 ready
            C: CAPA
            S: -ERR no such command
            C~ USER (?<user>.+)
            S: -ERR no such mailbox: ${user}
            @close
            ''')
    def 'reports an unknown mailbox'(FakeServer mail) {
        given:
        def store = Session.getInstance(new Properties()).getStore('pop3')

        when:
        store.connect(mail.host(), mail.port(), 'bob', 'secret')

        then:
        def failure = thrown(MessagingException)
        failure.message == 'no such mailbox: bob'
    }
    // end::script[]
}
