package io.socketharness.examples.spring;

import static io.socketharness.assertj.SocketAssertions.assertThat;

import io.socketharness.FakeServer;
import io.socketharness.junit5.SocketServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server of the test class, whose address the context gets when it is made. */
// tag::dynamic[]
@SpringBootTest(classes = Application.class)
class InvitationsTest {

    @SocketServer(scriptResource = "smtp.script")
    static FakeServer mail;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("spring.mail.host", mail::host);
        registry.add("spring.mail.port", mail::port);
    }

    @Test
    void sendsAnInvitation(@Autowired Invitations invitations) {
        invitations.invite("bob@mail.test");

        assertThat(mail).connection(0).receivedContaining("Subject: Lunch?");
    }
}
// end::dynamic[]
