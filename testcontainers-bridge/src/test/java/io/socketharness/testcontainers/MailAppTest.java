package io.socketharness.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;

/** A client in a container, whose server fails as no real one would on demand. */
class MailAppTest {

    // tag::smtp[]
    @Test
    @SocketServer(script = """
            S: 220 mail.test ESMTP
            C: EHLO app.test
            S: 250 mail.test
            C~ MAIL FROM:<.*>
            S: 250 sender ok
            C: RCPT TO:<bob@mail.test>
            S: 452 mailbox full
            C: QUIT
            S: 221 bye
            @close
            """)
    void reportsThatTheMailboxIsFull(FakeServer mail) throws Exception {
        try (MailApp app = new MailApp()) {
            ContainerAddress smtp = ContainerAddress.expose(mail, app); // before the container starts
            app.withEnv("SMTP_HOST", smtp.host()).withEnv("SMTP_PORT", String.valueOf(smtp.port()));
            app.start();

            assertThat(app.execInContainer("send-mail", "bob@mail.test").getStderr())
                    .contains("RCPT failed: 452");
        }
    }
    // end::smtp[]
}
