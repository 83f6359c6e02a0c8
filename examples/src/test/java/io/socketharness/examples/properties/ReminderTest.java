package io.socketharness.examples.properties;

import static io.socketharness.assertj.SocketAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.ServerSpec;
import io.socketharness.junit5.SocketServer;
import io.socketharness.recording.Recording;
import io.socketharness.script.Script;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A server that the code under test finds by itself. */
// tag::properties[]
@ResourceLock(Resources.SYSTEM_PROPERTIES) // only where tests run in parallel
class ReminderTest {

    @Test
    @SocketServer(
            scriptResource = "/io/socketharness/examples/mail/smtp.script",
            properties = {"mail.smtp.host=${host}", "mail.smtp.port=${port}"})
    void sendsTheReminder(Recording mail) throws Exception {
        new Reminder().send("bob@mail.test"); // reads the address from system properties

        assertThat(mail).connection(0).receivedContaining("Subject: Lunch?");
    }
    // end::properties[]

    @Test
    void worksWithoutJUnit() throws Exception {
        Script script = Script.resource(ReminderTest.class, "/io/socketharness/examples/mail/smtp.script");
        // tag::plain[]
        ServerSpec spec = ServerSpec.builder("tcp")
                .script(script)
                .properties("mail.smtp.host=${host}", "mail.smtp.port=${port}")
                .build();
        try (FakeServer mail = FakeServer.start(spec)) {
            new Reminder().send("bob@mail.test");

            mail.verify();
        } // the properties have their previous values again
        // end::plain[]
        assertThat(System.getProperty("mail.smtp.port")).isNull();
    }

    @Test
    void hasThemAsAMapToo(@SocketServer FakeServer mail) {
        // tag::map[]
        Map<String, String> settings = mail.properties("mail.smtp.host=${host}", "mail.smtp.port=${port}");
        // end::map[]
        assertThat(settings)
                .containsEntry("mail.smtp.host", "127.0.0.1")
                .containsEntry("mail.smtp.port", String.valueOf(mail.port()));
    }
}
