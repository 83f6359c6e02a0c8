package io.socketharness.examples.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import io.socketharness.testing.Reports;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a failure reads like: a client that spells the user's name wrong, and the message that the README shows. */
class FailureTest {

    @Test
    void tellsWhatWasExpectedAndWhatCame() throws Exception {
        try (FakeServer mail =
                FakeServer.start("tcp:?name=LoginTest.reportsThatTheMailboxIsUnknown", Script.parse("""
                S: +OK POP3 ready
                C: CAPA
                S: -ERR no such command
                C: USER bob
                S: -ERR no such mailbox
                @close
                """))) {
            Store store = Session.getInstance(new Properties()).getStore("pop3");
            assertThatThrownBy(() -> store.connect(mail.host(), mail.port(), "Bob", "secret"))
                    .isInstanceOf(MessagingException.class);

            assertThatThrownBy(mail::verify)
                    .isInstanceOf(AssertionError.class)
                    .extracting(Reports::message)
                    .isEqualTo(Reports.normal(shown()));
        }
    }

    private static String shown() throws IOException {
        try (InputStream file = FailureTest.class.getResourceAsStream("failure.txt")) {
            return new String(file.readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
