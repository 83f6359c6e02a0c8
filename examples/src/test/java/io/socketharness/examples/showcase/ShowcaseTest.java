package io.socketharness.examples.showcase;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the first command of the README runs: two real clients, and the dialogues that their servers recorded. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShowcaseTest {

    @Test
    @Order(1)
    void aLetterByAngusMail(@SocketServer(script = """
                    S: 220 mail.test ESMTP
                    C~ EHLO (?<name>\\S+)
                    S: 250 Good day, ${name}
                    C: MAIL FROM:<ann@client.test>
                    S: 250 sender ok
                    C: RCPT TO:<bob@mail.test>
                    S: 250 recipient ok
                    C: DATA
                    S: 354 go ahead, and end with a dot
                    @frame until \\r\\n.\\r\\n
                    @receive letter
                    @frame none
                    S: 250 queued
                    C: QUIT
                    S: 221 bye
                    """) FakeServer smtp) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", smtp.host());
        settings.setProperty("mail.smtp.port", String.valueOf(smtp.port()));
        settings.setProperty("mail.smtp.localhost", "client.test");
        MimeMessage letter = new MimeMessage(Session.getInstance(settings));
        letter.setFrom("ann@client.test");
        letter.setRecipients(Message.RecipientType.TO, "bob@mail.test");
        letter.setSubject("Lunch?");
        letter.setText("At noon, as ever?");

        Transport.send(letter);

        assertThat(smtp).connection(0).receivedContaining("Subject: Lunch?").closedByClient();
        print(smtp);
    }

    @Test
    @Order(2)
    void metricsByDogStatsd(@SocketServer(transport = "udp") FakeServer statsd) {
        try (StatsDClient metrics = new NonBlockingStatsDClientBuilder()
                .prefix("shop")
                .hostname(statsd.host())
                .port(statsd.port())
                .enableTelemetry(false)
                .aggregationFlushInterval(50)
                .build()) {
            metrics.incrementCounter("orders", "country:nl");
            metrics.recordGaugeValue("basket.size", 3);
            metrics.recordExecutionTime("checkout", 35);

            assertThat(statsd).receivedContaining("shop.orders:1|c|#country:nl");
            assertThat(statsd).receivedContaining("shop.basket.size:3|g");
            assertThat(statsd).receivedContaining("shop.checkout:35|ms");
        }
        print(statsd);
    }

    private static void print(FakeServer server) {
        System.out.println(server.recording() + System.lineSeparator());
    }
}
