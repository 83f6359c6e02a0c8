package io.socketharness.examples.protocols;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import jakarta.mail.Message;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** SMTP: Angus Mail and curl. */
class SmtpTest {

    @Test
    @SocketServer(scriptResource = "/scripts/smtp.script")
    void angusMailSendsALetter(FakeServer mail) throws Exception {
        Transport.send(letter(mail));

        assertThat(mail)
                .connection(0)
                .receivedContaining("MAIL FROM:<ann@client.test>")
                .receivedContaining("RCPT TO:<bob@mail.test>")
                .receivedContaining("Subject: hello\r\n");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/smtp.script")
    void curlSendsALetter(FakeServer mail) throws Exception {
        assertThat(curl(mail)).isEmpty();

        assertThat(mail).connection(0).receivedContaining("DATA\r\nSubject: hello\r\n\r\n.. is a dot\r\n.\r\n");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/smtp-full.script")
    void angusMailTellsThatTheMailboxIsFull(FakeServer mail) {
        assertThatThrownBy(() -> Transport.send(letter(mail)))
                .isInstanceOf(SendFailedException.class)
                .hasStackTraceContaining("452 mailbox full");
    }

    @Test
    @SocketServer(scriptResource = "/scripts/smtp-full.script")
    void curlTellsThatTheMailboxIsFull(FakeServer mail) throws Exception {
        assertThat(curl(mail)).contains("RCPT failed: 452");
    }

    private static String curl(FakeServer mail) throws Exception {
        return Curl.withInput(
                "Subject: hello\r\n\r\n. is a dot\r\n",
                "smtp://" + mail.host() + ":" + mail.port() + "/client.test",
                "--mail-from",
                "ann@client.test",
                "--mail-rcpt",
                "bob@mail.test",
                "--upload-file",
                "-");
    }

    private static Message letter(FakeServer mail) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", mail.host());
        properties.put("mail.smtp.port", String.valueOf(mail.port()));
        Message letter = new MimeMessage(Session.getInstance(properties));
        letter.setFrom(new InternetAddress("ann@client.test"));
        letter.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@mail.test"));
        letter.setSubject("hello");
        letter.setText("Dear Bob");
        return letter;
    }
}
