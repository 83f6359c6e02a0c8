package io.socketharness.examples.mail;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A dialogue is a server: POP3 (RFC 1939) as far as one login needs it, for Angus Mail. */
class LoginTest {

    // tag::login[]
    @Test
    @SocketServer(script = """
            S: +OK POP3 ready
            C: CAPA
            S: -ERR no such command
            C: USER bob
            S: -ERR no such mailbox
            @close
            """)
    void reportsThatTheMailboxIsUnknown(FakeServer mail) throws Exception {
        Store store = Session.getInstance(new Properties()).getStore("pop3");

        assertThatThrownBy(() -> store.connect(mail.host(), mail.port(), "bob", "secret"))
                .hasMessage("no such mailbox");
    }
    // end::login[]
}
