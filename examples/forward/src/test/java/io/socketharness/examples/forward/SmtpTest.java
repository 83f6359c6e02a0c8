package io.socketharness.examples.forward;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import io.socketharness.testing.Program;
import io.socketharness.tls.CertificateAuthority;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real SMTP server, with Angus Mail and curl: the mail is recorded in clear, even if STARTTLS encrypts it. */
@Timeout(120)
class SmtpTest {

    private static final String LETTER = "Subject: Lunch?\r\n\r\nAt noon, as ever?\r\n";

    @RegisterExtension
    static final RealServer MAIL = Mail.server();

    // tag::starttls[]
    @Test
    @SocketServer(forwardTo = "tcp://localhost:${smtp.port} starttls smtp")
    void recordsTheMailThatAngusMailEncrypts(FakeServer server) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.starttls.required", "true");
        settings.put("mail.smtp.ssl.socketFactory", server.tls().clientContext().getSocketFactory());

        Transport.send(letter(server, settings));

        assertThat(server)
                .connection(0)
                .negotiated("TLSv1.3")
                .receivedInOrder("STARTTLS\r\n", "MAIL FROM:<ann@client.test>", "Subject: Lunch?", "At noon, as ever?");
    }
    // end::starttls[]

    // tag::late[]
    @Test
    @SocketServer(
            forwardTo = "tcp://localhost:${smtp.port} starttls smtp",
            network = {"latency 20ms", "slice 7"})
    void sendsMailOverABadNetwork(FakeServer server) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.starttls.required", "true");
        settings.put("mail.smtp.ssl.socketFactory", server.tls().clientContext().getSocketFactory());

        Transport.send(letter(server, settings));

        assertThat(server).connection(0).negotiated("TLSv1.3").receivedInOrder("Subject: Lunch?", "At noon, as ever?");
    }
    // end::late[]

    @Test
    @SocketServer(forwardTo = "tcp://localhost:${smtp.port} starttls smtp")
    void recordsTheMailThatAngusMailSendsInClear(FakeServer server) throws Exception {
        Transport.send(letter(server, new Properties()));

        assertThat(server)
                .connection(0)
                .receivedInOrder("MAIL FROM:<ann@client.test>", "Subject: Lunch?", "At noon, as ever?");
        assertThat(server.recording().exchanges().get(0).handshake()).isEmpty();
    }

    @Test
    @SocketServer(host = "localhost", forwardTo = "tcp://localhost:${smtp.port} starttls smtp")
    void recordsTheMailThatCurlEncrypts(FakeServer server) throws Exception {
        curl(server, "--ssl-reqd", "--cacert", server.tls().caPemFile().toString());

        assertThat(server).connection(0).negotiated("TLSv1.3").receivedInOrder("STARTTLS\r\n", LETTER);
    }

    @Test
    @SocketServer(host = "localhost", forwardTo = "tcp://localhost:${smtp.port}")
    void recordsTheMailThatCurlSendsInClear(FakeServer server) throws Exception {
        curl(server);

        assertThat(server).connection(0).receivedContaining(LETTER);
    }

    // tag::sniff[]
    @Test
    @SocketServer(host = "localhost", forwardTo = "tcp://localhost:${smtp.port}")
    void passesTlsThroughWithoutStarttls(FakeServer server) throws Exception {
        String authority = CertificateAuthority.shared().pemFile().toString(); // issued the real server's certificate

        curl(server, "--ssl-reqd", "--cacert", authority);

        assertThat(server).connection(0).receivedContaining("STARTTLS\r\n");
        assertThat(server.recording().exchanges().get(0).receivedText()).doesNotContain("Lunch");
    }
    // end::sniff[]

    private static Message letter(FakeServer server, Properties settings) throws MessagingException {
        settings.put("mail.smtp.host", server.host());
        settings.put("mail.smtp.port", String.valueOf(server.port()));
        settings.put("mail.smtp.localhost", "client.test");
        MimeMessage letter = new MimeMessage(Session.getInstance(settings));
        letter.setFrom("ann@client.test");
        letter.setRecipients(Message.RecipientType.TO, "bob@mail.test");
        letter.setSubject("Lunch?");
        letter.setText("At noon, as ever?");
        return letter;
    }

    private static void curl(FakeServer server, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60", "--upload-file", "-"));
        command.addAll(List.of("--mail-from", "ann@client.test", "--mail-rcpt", "bob@mail.test"));
        command.addAll(List.of(options));
        command.add("smtp://localhost:" + server.port() + "/client.test");
        assertThat(Program.run(LETTER, command.toArray(String[]::new))).isEmpty();
    }
}
