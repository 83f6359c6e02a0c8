package io.socketharness.examples.forward;

import io.socketharness.FakeServer;
import io.socketharness.script.Behaviour;
import io.socketharness.script.Behaviours;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tapes of an SMTP server, with Angus Mail. */
class SmtpTapeTest extends TapeContract {

    @RegisterExtension
    static final RealServer MAIL = Mail.server();

    // tag::mask[]
    /** Each message has another date and identifier. */
    private static final String HEADERS = "^(Date|Message-ID): .*$";
    // end::mask[]

    @Override
    Stream<Client> clients() {
        List<String> masks = List.of(HEADERS);
        List<String> report = List.of("expected  Say hello\n", "received  Say hellp\n");
        return Stream.of(
                new Client("Angus Mail", "tcp", masks, report, SmtpTapeTest::plain),
                new Client("Angus Mail with STARTTLS", "tcp", masks, report, SmtpTapeTest::startTls));
    }

    @Override
    Behaviour forwardToRealServer(String transport) {
        return Behaviours.forwardTo("tcp://localhost:" + MAIL.port()).startTls("smtp");
    }

    @Override
    void stopRealServer() throws Exception {
        MAIL.stop();
    }

    private static void plain(FakeServer server, String word) throws Exception {
        send(server, new Properties(), word);
    }

    private static void startTls(FakeServer server, String word) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.starttls.required", "true");
        settings.put("mail.smtp.ssl.socketFactory", server.tls().clientContext().getSocketFactory());
        send(server, settings, word);
    }

    private static void send(FakeServer server, Properties settings, String word) throws MessagingException {
        settings.put("mail.smtp.host", server.host());
        settings.put("mail.smtp.port", String.valueOf(server.port()));
        settings.put("mail.smtp.localhost", "client.test");
        MimeMessage letter = new MimeMessage(Session.getInstance(settings));
        letter.setFrom("ann@client.test");
        letter.setRecipients(Message.RecipientType.TO, "bob@mail.test");
        letter.setSubject("Hello");
        letter.setText("Say " + word);
        Transport.send(letter);
    }
}
