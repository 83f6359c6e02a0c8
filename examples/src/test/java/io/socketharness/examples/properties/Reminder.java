package io.socketharness.examples.properties;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;

/** A client that is told where its mail server is by system properties, as Jakarta Mail names them. */
final class Reminder {

    void send(String guest) throws MessagingException {
        MimeMessage letter = new MimeMessage(Session.getInstance(System.getProperties()));
        letter.setFrom("ann@client.test");
        letter.setRecipients(Message.RecipientType.TO, guest);
        letter.setSubject("Lunch?");
        letter.setText("At noon, as ever?");
        Transport.send(letter);
    }
}
