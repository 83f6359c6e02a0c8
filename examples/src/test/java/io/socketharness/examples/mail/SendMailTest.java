package io.socketharness.examples.mail;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Mail over TCP: Angus Mail against SMTP scripts, one in a file beside the test and one in the annotation. */
class SendMailTest {

    @Test
    @SocketServer(scriptResource = "smtp.script")
    void sendsALetter(FakeServer mail) throws Exception {
        Transport.send(letter(mail));

        assertThat(mail).connection(0).receivedInOrder("Subject: Lunch?\r\n", "At noon, as ever?\r\n");
    }

    @Test
    @SocketServer(script = """
            S: 220 mail.test ESMTP
            C: EHLO client.test
            S: 250 mail.test
            C: MAIL FROM:<ann@client.test>
            S: 250 sender ok
            C: RCPT TO:<bob@mail.test>
            S: 452 mailbox full
            C: RSET
            S: 250 ok
            C: QUIT
            S: 221 bye
            """)
    void reportsThatTheMailboxIsFull(FakeServer mail) {
        assertThatThrownBy(() -> Transport.send(letter(mail)))
                .isInstanceOf(SendFailedException.class)
                .hasStackTraceContaining("452 mailbox full");
    }

    private static Message letter(FakeServer mail) throws MessagingException {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", mail.host());
        settings.setProperty("mail.smtp.port", String.valueOf(mail.port()));
        settings.setProperty("mail.smtp.localhost", "client.test");
        MimeMessage letter = new MimeMessage(Session.getInstance(settings));
        letter.setFrom("ann@client.test");
        letter.setRecipients(Message.RecipientType.TO, "bob@mail.test");
        letter.setSubject("Lunch?");
        letter.setText("At noon, as ever?");
        return letter;
    }
}
