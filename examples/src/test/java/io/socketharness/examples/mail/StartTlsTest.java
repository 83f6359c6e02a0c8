package io.socketharness.examples.mail;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Angus Mail asks for TLS in the middle of a conversation, and says so when it does not get it. */
class StartTlsTest {

    // tag::starttls[]
    @Test
    @SocketServer(script = """
            S: 220 mail.test ESMTP
            C: EHLO client.test
            S: 250-mail.test
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            @starttls
            C~ EHLO (?<name>\\S+)
            S: 250 hello ${name}
            C: QUIT
            S: 221 bye
            """)
    void upgradesBeforeItSendsAnything(FakeServer mail) throws Exception {
        connect(mail).close();

        assertThat(mail).connection(0).negotiated("TLSv1.3");
    }
    // end::starttls[]

    // tag::refused[]
    @Test
    @SocketServer(script = """
            S: 220 mail.test ESMTP
            C: EHLO client.test
            S: 250-mail.test
            S: 250 STARTTLS
            C: STARTTLS
            S: 454 not now
            """)
    void sendsNothingIfTlsIsRefused(FakeServer mail) {
        assertThatThrownBy(() -> connect(mail)).hasStackTraceContaining("454 not now");
    }
    // end::refused[]

    @Test
    @SocketServer(script = """
            S: 220 mail.test ESMTP
            C: EHLO client.test
            S: 250-mail.test
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 go ahead
            @tls-hello
            S: 421 in clear all the same
            @close
            """)
    void givesUpWhereTlsIsPromisedAndNotThere(FakeServer mail) {
        assertThatThrownBy(() -> connect(mail)).hasMessageContaining("Could not convert socket to TLS");
    }

    private static Transport connect(FakeServer mail) throws MessagingException {
        Properties settings = new Properties();
        settings.put("mail.smtp.localhost", "client.test");
        settings.put("mail.smtp.starttls.enable", "true");
        settings.put("mail.smtp.starttls.required", "true");
        settings.put("mail.smtp.ssl.socketFactory", mail.tls().clientContext().getSocketFactory());
        Transport transport = Session.getInstance(settings).getTransport("smtp");
        transport.connect(mail.host(), mail.port(), null, null);
        return transport;
    }
}
