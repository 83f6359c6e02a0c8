package io.socketharness.examples.spring;

import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Service;

/** Sends by the mail server of {@code spring.mail.host} and {@code spring.mail.port}. */
@Service
class Invitations {

    private final JavaMailSender sender;

    Invitations(JavaMailSender sender) {
        this.sender = sender;
    }

    void invite(String guest) {
        SimpleMailMessage letter = new SimpleMailMessage();
        letter.setFrom("office@example.test");
        letter.setTo(guest);
        letter.setSubject("Lunch?");
        letter.setText("At noon, as ever?");
        sender.send(letter);
    }
}
