package io.socketharness.examples.spring;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.script.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** A server that lives as long as its context, whichever tests share that. */
// tag::bean[]
@SpringBootTest(classes = Application.class)
@Import(ServerOfTheContextTest.MailServer.class)
class ServerOfTheContextTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class MailServer {

        @Bean
        FakeServer mail() {
            return FakeServer.start("tcp:"); // Spring closes it with the context
        }

        @Bean
        DynamicPropertyRegistrar mailProperties(FakeServer mail) {
            return registry -> mail.properties("spring.mail.host=${host}", "spring.mail.port=${port}")
                    .forEach((name, value) -> registry.add(name, () -> value));
        }
    }

    @Autowired
    FakeServer mail;

    @Test
    void sendsAnInvitation(@Autowired Invitations invitations) {
        mail.enqueue(Script.resource(getClass(), "smtp.script"));

        invitations.invite("bob@mail.test");

        assertThat(mail).receivedContaining("RCPT TO:<bob@mail.test>");
    }

    @AfterEach
    void verify() {
        mail.verify(); // no extension knows this server, so the test verifies it
    }
}
// end::bean[]
